using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Placing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders;

/// <summary>What the slice is made of.</summary>
public static class OrdersServices
{
    public static IServiceCollection AddOrders(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<OrderOptions>(configuration, OrderOptions.Section)
        .AddSettings<DeliveryOptions>(configuration, DeliveryOptions.Section)
        .AddSingleton(new RaceBackoff(TimeProvider.System, Random.Shared))
        .AddSingleton<OrderStore>()
        .AddSingleton<OrderStock>()
        .AddSingleton<UnpaidReservations>()
        .AddSingleton<OrderIndex>()
        .AddSingleton<ReconciliationSchedule>()
        .AddSingleton<ReviewList>()
        .AddSingleton<OwedMoney>()
        .AddSettings<InvoiceOptions>(configuration, InvoiceOptions.Section)
        .AddSingleton<InvoiceSeries>()
        .AddSingleton<FulfilmentList>()
        .AddSingleton<ReconciliationQueue>()
        .AddSingleton<NotificationRequests>()
        .AddSingleton<ExpiredNotifications>();
}
