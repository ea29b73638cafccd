using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Carriers;
using Shop.Functions.Catalogue;
using Shop.Functions.Contact;
using Shop.Functions.Messages;
using Shop.Functions.Newsletter;
using Shop.Functions.Operations;
using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;
using Shop.Functions.Platform.Visitors;
using Shop.Functions.Privacy;
using Shop.Functions.Tracking;

namespace Shop.Functions;

/// <summary>The whole app, slice by slice; the same under the Functions host in Azure and under the local one.</summary>
public static class ShopApplication
{
    /// <summary>The app around the worker's own middleware for HTTP.</summary>
    /// <param name="addWeb">Adds that.</param>
    /// <exception cref="InvalidOperationException">Storage is not configured.</exception>
    public static void AddShop(this IFunctionsWorkerApplicationBuilder builder, IConfiguration configuration, Action addWeb)
    {
        builder.UseMiddleware<AnswerOnceMiddleware>();
        addWeb();
        builder.AddShop(configuration);
    }

    /// <exception cref="InvalidOperationException">Storage is not configured.</exception>
    public static IFunctionsWorkerApplicationBuilder AddShop(this IFunctionsWorkerApplicationBuilder builder, IConfiguration configuration)
    {
        builder.UseMiddleware<QueueTraceMiddleware>();
        builder.UseMiddleware<HeadersMiddleware>();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        builder.UseMiddleware<StaffActionMiddleware>();
        builder.UseMiddleware<QueryMiddleware>();
        builder.UseMiddleware<LastTryMiddleware>();

        builder.Services.AddSingleton(LocalClock.Of(configuration));
        builder.Services
            .AddTelemetry(configuration)
            .AddStorage(configuration)
            .AddAccess(configuration)
            .AddSignedLinks(configuration)
            .AddVisitors()
            .AddAccounts()
            .AddCatalogue(configuration)
            .AddOrders(configuration)
            .AddCarriers(configuration)
            .AddPayments(configuration)
            .AddTracking()
            .AddPrivacy(configuration)
            .AddMessages(configuration)
            .AddContact(configuration)
            .AddNewsletter(configuration)
            .AddOperations();
        return builder;
    }
}
