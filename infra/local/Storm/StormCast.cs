namespace Shop.Local.Storm;

/// <summary>Who takes part: customers, the shop's own people, and whoever acts behind its back.</summary>
public sealed record StormCast(IReadOnlyList<StormCustomer> Customers, StormDelivery Delivery, StormOperator Operator, StormBooks Books)
{
    public IReadOnlyCollection<Deeds> Deeds => [.. Customers.SelectMany(customer => customer.Deeds)];

    /// <summary>Signs everybody in, and puts what is counted on sale.</summary>
    public static async Task<StormCast> OpenAsync(StormShop shop, StormCalls calls, StormClock clock, CancellationToken cancellation)
    {
        var fulfilment = new StormPerson(shop, calls, "warehouse@example.com", "Warehouse", "Shop.Fulfilment");
        var finance = new StormPerson(shop, calls, "finance@example.com", "Finance", "Shop.Finance");
        var operations = new StormPerson(shop, calls, "operations@example.com", "Operations", "Shop.Operator");
        var books = new StormBooks(shop, calls);
        var delivery = new StormDelivery(shop, calls, fulfilment, operations);
        await delivery.BeginAsync(cancellation);
        var staff = new StormStaff(shop, calls, new StormProvider(shop, calls, books), delivery, finance);
        var customers = new List<StormCustomer>();
        for (var number = 0; number < StormPlan.Customers; number++)
        {
            var customer = new StormCustomer(shop, calls, staff, clock, new StormPerson(shop, calls, $"customer{number}@example.com", $"customer{number}"));
            await customer.OpenAccountAsync(cancellation);
            customers.Add(customer);
        }

        return new(customers, delivery, new StormOperator(shop, calls, operations), books);
    }
}
