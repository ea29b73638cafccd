using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders;

/// <summary>An order as the decisions see it: everything about it in one value, stored as one entity.</summary>
public sealed record Order
{
    public const int MostLines = 100;
    public const int MostLedgerEntries = 100;
    public const int MostCheckouts = 40;

    /// <summary>Pages that nobody has told the end of. One for each provider is the rule; while one fails, tries to open another one add up.</summary>
    public const int MostOpenCheckouts = 3;
    public const int MostJournalEntries = 200;
    public const int MostShipments = 50;

    /// <summary>In all of an order's parcels together, those that were taken back included.</summary>
    public const int MostShipmentLines = 500;
    public const int MostRefundPromises = 20;

    /// <summary>In all of an order's refund promises together, those that were taken back included.</summary>
    public const int MostRefundLines = 400;
    public const int MostResolutions = 20;

    public required string Id { get; init; }

    /// <summary>Whose it is; empty once the account is gone and the order is kept only because tax law demands it.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its account is gone: what is added to it from then on must lead to nobody either.</summary>
    public bool LeadsToNobody => AccountId.Length == 0;

    /// <summary>What people call it, for instance <c>7K2Q-M9XD-4TFA</c>.</summary>
    public required string Number { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When it is given up if nobody has paid.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required string Currency { get; init; }

    public required ImmutableArray<OrderLine> Lines { get; init; }

    /// <summary>Minor units, the sum over the lines; frozen when the order is placed.</summary>
    public required long Net { get; init; }

    public required long Vat { get; init; }

    public required long Gross { get; init; }

    public required DeliveryAddress? DeliveryAddress { get; init; }

    /// <summary>Whom the invoice names; null for who gets the goods, and once its time is up. It goes with the delivery address.</summary>
    public BillingAddress? BillingAddress { get; init; }

    /// <summary>Where the goods went (ISO 3166-1): what tax law wants of the address once that is gone.</summary>
    public string? DeliveryCountry { get; init; }

    /// <summary>Where the goods go or went (ISO 3166-1), whether or not the address is still there.</summary>
    public string? CountryOfSupply => DeliveryAddress?.Country ?? DeliveryCountry;

    public required string? PurchaseOrderNumber { get; init; }

    /// <summary>Tells a retry of the same request from another request under the same idempotency key.</summary>
    public required string RequestHash { get; init; }

    public ImmutableArray<LedgerEntry> Ledger { get; init; } = [];

    public ImmutableArray<Checkout> Checkouts { get; init; } = [];

    public ImmutableArray<JournalEntry> Journal { get; init; } = [];

    public ImmutableArray<Shipment> Shipments { get; init; } = [];

    /// <summary>What carriers say of them: of each parcel at most one event of a kind.</summary>
    public ImmutableArray<ShipmentEvent> ShipmentEvents { get; init; } = [];

    /// <summary>What is not sent any more, for its money has gone back: at most one entry for a line.</summary>
    public ImmutableArray<ShipmentLine> NotSent { get; init; } = [];

    /// <summary>Something of it has left; what was taken back before the carrier had it has not.</summary>
    public bool HasShipped => Shipments.Any(shipment => shipment.VoidedAt is null);

    public ImmutableArray<RefundPromise> RefundPromises { get; init; } = [];

    public ImmutableArray<ReviewResolution> Resolutions { get; init; } = [];

    /// <summary>The invoice, and a credit note for each fact that gave money of it back; another one where a fact came to be about more.</summary>
    public ImmutableArray<SalesDocument> Documents { get; init; } = [];

    /// <summary>What became of the mails to its customer.</summary>
    public ImmutableArray<NotificationMark> Notifications { get; init; } = [];

    /// <summary>The first fact that the ledger had no room for, until a person has seen to it and another one comes; null when there was none.</summary>
    public LedgerEntry? Unrecorded { get; init; }

    /// <summary>Set once, when the order was cancelled or expired; money that comes later goes back.</summary>
    public Closing? Closed { get; init; }

    /// <summary>How often it has been changed since it was stored first; what became of mails is no change.</summary>
    public int Version { get; init; }

    /// <summary>A bank or a provider asks about its money, and nobody has decided yet.</summary>
    public bool IsDisputed => Ledger.Any(fact => fact.IsUndecidedDispute);

    /// <summary>What answers about it are tagged by: that a mail went out is nothing that anybody has to read again.</summary>
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"{Id} {PlacedAt.UtcTicks} {Version}");

    /// <summary>Storage's tag of the state this was read from; default for an order that is not stored yet.</summary>
    public ETag ETag { get; init; }

    /// <summary>Merges what a provider says about its own object. Any order, any number of times: the same ledger.</summary>
    /// <returns>The order with the fact; or with the fact as <see cref="Unrecorded"/>, when there is no room for another one.</returns>
    public Order With(LedgerEntry fact)
    {
        if (!Settlements.Ledger.HasRoomFor(Ledger, fact)) return WithoutRoomFor(WithWhatIsUnrecorded(fact));
        var merged = Settlements.Ledger.Merge(Ledger, fact);
        if (merged.Ledger == Ledger) return this;
        var changed = this with { Ledger = merged.Ledger };
        return merged.StatusChanged ? changed.With(new JournalEntry(fact.At, JournalKindOf(fact), fact.Key, fact.Amount, fact.Currency)) : changed;
    }

    /// <returns>Whether the ledger has no room for the fact, and nobody has seen to it either.</returns>
    public bool Lacks(LedgerEntry fact) => !Settlements.Ledger.HasRoomFor(Ledger, fact) && !IsSeenTo(WithWhatIsUnrecorded(fact));

    /// <summary>One at a time: the events of the others are kept, and can be sent again once somebody has seen to this one.</summary>
    private Order WithoutRoomFor(LedgerEntry fact) =>
        fact == Unrecorded || IsSeenTo(fact) || (Unrecorded is { } first && first.Key != fact.Key && !IsSeenTo(first)) ? this : this with { Unrecorded = fact };

    /// <summary>What is said late of a fact that has moved on is no other concern.</summary>
    private LedgerEntry WithWhatIsUnrecorded(LedgerEntry fact) => Unrecorded is { } known && known.Key == fact.Key ? Settlements.Ledger.Merge(known, fact) : fact;

    private bool IsSeenTo(LedgerEntry fact) => Resolutions.Any(resolution => resolution.Covers(ReviewConcern.OfUnrecorded(fact)));

    private string JournalKindOf(LedgerEntry fact) => fact.Status == FactStatus.Open && Ledger.Any(known => known.Key == fact.Key && !known.IsUndecidedDispute)
        ? JournalKinds.DisputeReopened
        : JournalKinds.Of(fact.Kind, fact.Status);

    /// <summary>Merges what is known of a checkout; its state only moves forward.</summary>
    /// <exception cref="OrderLimitException">There have been too many attempts.</exception>
    public Order With(Checkout checkout)
    {
        var known = Checkouts.FirstOrDefault(other => other.Provider == checkout.Provider && other.Attempt == checkout.Attempt);
        var merged = known is null ? checkout : known.Merge(checkout);
        if (merged == known) return this;
        if (known is null && Checkouts.Length == MostCheckouts) throw new OrderLimitException(Id, "checkouts", MostCheckouts);
        return this with { Checkouts = known is null ? Checkouts.Add(merged) : Checkouts.Replace(known, merged) };
    }

    /// <exception cref="OrderLimitException">There are too many parcels.</exception>
    public Order With(Shipment shipment, ByStaff? by = null)
    {
        if (Shipments.Length == MostShipments) throw new OrderLimitException(Id, "shipments", MostShipments);
        return (this with { Shipments = Shipments.Add(shipment) }).With(new JournalEntry(shipment.ShippedAt, JournalKinds.Shipped, shipment.JournalKey).Of(by));
    }

    /// <returns>The order with a parcel as staff have corrected it, or taken it back.</returns>
    public Order With(Shipment earlier, Shipment later, DateTimeOffset at, ByStaff by) =>
        (this with { Shipments = Shipments.Replace(earlier, later) })
            .With(new JournalEntry(at, later.VoidedAt is null ? JournalKinds.ShipmentCorrected : JournalKinds.ShipmentVoided, later.JournalKey).Of(by));

    /// <summary>Merges what a carrier says of a parcel. Any order, any number of times: the same parcels.</summary>
    /// <returns>The very same order when it says nothing new, or when there is no such parcel.</returns>
    public Order With(ShipmentEvent heard, ByStaff? by = null)
    {
        // Where the address has gone, what leads to it does not come back.
        var merged = ShipmentEvent.Merge(ShipmentEvents, DeliveryAddress is null ? heard with { Place = null } : heard);
        if (merged == ShipmentEvents || FulfilmentProgress.Of(this).Find(heard.Shipment) is not { } before) return this;
        var arrived = merged.FirstOrDefault(known => known.Shipment == heard.Shipment && known.Kind == ShipmentStatus.Delivered)?.At;
        var parcel = arrived < (before.Shipment.DeliveredAt ?? DateTimeOffset.MaxValue) ? before.Shipment with { DeliveredAt = arrived } : before.Shipment;
        var changed = this with { ShipmentEvents = merged, Shipments = Shipments.Replace(before.Shipment, parcel) };
        return FulfilmentProgress.Of(changed).Find(heard.Shipment)!.Status is var status && status == before.Status
            ? changed
            : changed.With(new JournalEntry(heard.At, JournalKinds.Of(status), parcel.JournalKey).Of(by));
    }

    /// <returns>The order of which these are not sent any more.</returns>
    public Order Without(ImmutableArray<ShipmentLine> rest, DateTimeOffset at, ByStaff by)
    {
        var notSent = NotSent.Concat(rest).GroupBy(part => part.Line).OrderBy(parts => parts.Key).Select(parts => new ShipmentLine(parts.Key, parts.Sum(part => part.Quantity)));
        return (this with { NotSent = [.. notSent] }).With(new JournalEntry(at, JournalKinds.RemainderClosed).Of(by));
    }

    /// <exception cref="OrderLimitException">There are too many requests.</exception>
    public Order With(RefundPromise request)
    {
        if (RefundPromises.Length == MostRefundPromises) throw new OrderLimitException(Id, "refund requests", MostRefundPromises);
        var entry = new JournalEntry(request.At, JournalKinds.RefundRequested, $"request:{request.Id}", request.Amount, request.Currency, RefundPromise.Role);
        return (this with { RefundPromises = RefundPromises.Add(LeadsToNobody ? request.Restricted() : request) }).With(entry);
    }

    /// <returns>The order with it noted that a provider is asked to send what was promised; the very same order when that was taken back.</returns>
    public Order WithSent(string refundId, DateTimeOffset at) =>
        RefundPromises.FirstOrDefault(request => request.Id == refundId) is { WithdrawnAt: null } promise
            ? this with { RefundPromises = RefundPromises.Replace(promise, promise with { SentAt = at }) }
            : this;

    /// <returns>The order without the note of that try, which sent nothing; the very same order when there was another try since.</returns>
    /// <param name="before">What was noted before it.</param>
    public Order WithoutTry(string refundId, DateTimeOffset at, DateTimeOffset? before) =>
        RefundPromises.FirstOrDefault(request => request.Id == refundId) is { } promise && promise.SentAt == at
            ? this with { RefundPromises = RefundPromises.Replace(promise, promise with { SentAt = before }) }
            : this;

    /// <returns>The order with the promise taken back: nothing is owed for it any more.</returns>
    public Order Without(RefundPromise promise, string by, DateTimeOffset at) =>
        (this with { RefundPromises = RefundPromises.Replace(promise, promise with { WithdrawnAt = at, WithdrawnBy = LeadsToNobody ? null : by }) })
            .With(new JournalEntry(at, JournalKinds.RefundWithdrawn, $"request:{promise.Id}", promise.Amount, promise.Currency, RefundPromise.Role));

    /// <exception cref="OrderLimitException">There are too many decisions.</exception>
    public Order With(ReviewResolution resolution)
    {
        if (Resolutions.Length == MostResolutions) throw new OrderLimitException(Id, "review decisions", MostResolutions);
        var entry = new JournalEntry(resolution.At, JournalKinds.ReviewResolved, $"resolution:{Resolutions.Length + 1}", Role: ReviewResolution.Role);
        return (this with { Resolutions = Resolutions.Add(LeadsToNobody ? resolution.Restricted() : resolution) }).With(entry);
    }

    /// <returns>The order cancelled: money that comes later goes back. The very same order when it has ended already.</returns>
    /// <param name="by">Null when the customer or the shop itself ends it.</param>
    public Order Cancel(DateTimeOffset at, ByStaff? by = null) => Closed is not null
        ? this
        : (this with { Closed = new Closing(at, ClosingReason.Cancelled) }).With(new JournalEntry(at, JournalKinds.Cancelled).Of(by));

    /// <summary>The journal's reason where the shop itself ends an order whose items are sold.</summary>
    public const string SoldOutReason = "out_of_stock";

    /// <summary>What was kept for it was given back before it was confirmed, and is sold: nobody has taken it upon themselves to end it.</summary>
    public bool IsSoldOut => Closed is not null && Journal.Any(entry => entry is { Kind: JournalKinds.Cancelled, Reason: SoldOutReason, Role: null });

    /// <returns>The order ended because its items are sold to others; the very same order when something has left, or it has ended already.</returns>
    public Order EndAsSoldOut(DateTimeOffset at) => Closed is not null || HasShipped
        ? this
        : (this with { Closed = new Closing(at, ClosingReason.Cancelled) }).With(new JournalEntry(at, JournalKinds.Cancelled, Reason: SoldOutReason));

    public Order With(NotificationMark mark) =>
        NotificationMark.Merge(Notifications, mark) is var merged && merged == Notifications ? this : this with { Notifications = merged };

    public Order With(JournalEntry entry) => this with { Journal = JournalRules.Append(Journal, LeadsToNobody ? entry.Restricted() : entry) };
}
