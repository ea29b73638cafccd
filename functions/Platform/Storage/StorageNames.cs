namespace Shop.Functions.Platform.Storage;

/// <summary>
/// Every table and queue there is, in one list: the local host creates them, the Bicep creates them in Azure,
/// and the app never does while serving.
/// </summary>
public static class StorageNames
{
    public const string Accounts = "accounts";
    public const string Catalogue = "catalogue";
    public const string Orders = "orders";

    /// <summary>How many there are of what is counted, and what orders have of it.</summary>
    public const string Stock = "stock";

    /// <summary>Orders in flight: what the timer reads.</summary>
    public const string OpenOrders = "openOrders";

    /// <summary>Orders of which something is to be sent.</summary>
    public const string Fulfilment = "fulfilment";

    /// <summary>The numbers of invoices and credit notes.</summary>
    public const string Invoices = "invoices";

    /// <summary>Orders that a person must look at.</summary>
    public const string Reviews = "reviews";

    /// <summary>How far each payment provider has been reconciled.</summary>
    public const string Reconciliation = "reconciliation";

    /// <summary>Messages that nobody could handle.</summary>
    public const string DeadLetters = "deadLetters";
    public const string Retention = "retention";
    public const string Purges = "purges";
    public const string LegalHolds = "holds";
    public const string Breaches = "breaches";
    public const string Erasures = "erasures";
    public const string StaffActions = "staffActions";
    public const string PolicyReviews = "policyReviews";

    /// <summary>How often somebody has done something, for a day or two.</summary>
    public const string RateCounts = "rateCounts";

    public const string PaymentEvents = "payment-events";
    public const string CarrierEvents = "carrier-events";
    public const string OrderChecks = "order-checks";
    public const string PurgeRuns = "purge-runs";
    public const string ErasureRuns = "erasure-runs";
    public const string Emails = "emails";

    /// <summary>Where the Functions host puts a message that has failed too often.</summary>
    public const string PoisonSuffix = "-poison";

    public static IReadOnlyList<string> Tables { get; } =
        [Accounts, Catalogue, Stock, Orders, OpenOrders, Fulfilment, Invoices, Reviews, Reconciliation, DeadLetters, Retention, Purges, LegalHolds, Breaches, Erasures, StaffActions, PolicyReviews, RateCounts];

    public static IReadOnlyList<string> Queues { get; } =
    [
        PaymentEvents, PaymentEvents + PoisonSuffix,
        CarrierEvents, CarrierEvents + PoisonSuffix,
        OrderChecks, OrderChecks + PoisonSuffix,
        PurgeRuns, PurgeRuns + PoisonSuffix,
        ErasureRuns, ErasureRuns + PoisonSuffix,
        Emails, Emails + PoisonSuffix,
    ];
}
