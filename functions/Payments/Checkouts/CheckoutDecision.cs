using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Checkouts;

/// <summary>What to do about a customer who wants to pay. Pure: the order, the provider's terms and the clock in, one of four outcomes out.</summary>
public abstract record CheckoutDecision(Order Order)
{
    /// <summary>An attempt nobody finished starting is taken up again this long; after it a new one is made.</summary>
    private static readonly TimeSpan StartingLifetime = TimeSpan.FromMinutes(1);

    /// <summary>A page brings a fact or two of its own. With more than these there would be no room for what the provider tells of the money afterwards.</summary>
    private const int MostFactsBefore = Order.MostLedgerEntries - Order.MostCheckouts;

    /// <summary>There is nothing to pay.</summary>
    public sealed record Refuse(Order Order, Problem Problem) : CheckoutDecision(Order);

    /// <summary>A page is open: the customer gets that one.</summary>
    public sealed record Resume(Order Order, Checkout Checkout) : CheckoutDecision(Order);

    /// <summary>
    /// A page is past its time and nobody has said how it ended, or it leads back to another place than is asked for, which providers
    /// do not change: the provider is asked, and closes it, before another one opens.
    /// </summary>
    public sealed record AskFirst(Order Order, Checkout Checkout) : CheckoutDecision(Order);

    /// <summary>A page is to be opened; the order already holds the attempt.</summary>
    public sealed record Open(Order Order, Checkout Checkout) : CheckoutDecision(Order);

    public static CheckoutDecision Of(Order order, StartPayment.Request request, CheckoutTerms terms, DateTimeOffset now)
    {
        if (Refusal(order, now) is { } problem) return new Refuse(order, problem);

        if (!terms.TakesOrder) return new Refuse(order, PaymentProblems.OtherProvider);

        var attempts = order.Checkouts.Where(checkout => checkout.Provider == request.Provider).ToList();
        if (attempts.Find(checkout => checkout.State is CheckoutState.Open or CheckoutState.Approved) is { } open)
            return open.ExpiresAt > now && (open.State == CheckoutState.Approved || LeadsBackTo(open, request)) ? new Resume(order, open) : new AskFirst(order, open);

        if (attempts.Exists(checkout => checkout.Declined?.Remedy == Remedy.Never)) return new Refuse(order, PaymentProblems.OtherProvider);

        // Taken up with the parameters it was stored with: under its idempotency key they may not change.
        if (attempts.Find(checkout => checkout.State == CheckoutState.Starting && checkout.StartedAt + StartingLifetime > now) is { } starting)
            return new Open(order, starting);

        if (order.Checkouts.Length >= Order.MostCheckouts || order.Ledger.Length > MostFactsBefore) return new Refuse(order, PaymentProblems.TooManyAttempts);
        // While a provider fails; a look finds out what became of them.
        if (order.Checkouts.Count(checkout => !checkout.IsOver) >= Order.MostOpenCheckouts) return new Refuse(order, Problem.Unavailable);
        var attempt = new Checkout
        {
            Provider = request.Provider,
            Attempt = attempts.Select(checkout => checkout.Attempt).DefaultIfEmpty().Max() + 1,
            StartedAt = now,
            ExpiresAt = WholeSeconds(ExpiryOf(order, terms, now)),
            State = CheckoutState.Starting,
            ReturnUrl = request.ReturnUrl,
            CancelUrl = request.CancelUrl,
        };
        var started = new JournalEntry(now, JournalKinds.PaymentStarted, attempt.JournalKey);
        return new Open(order.With(attempt).With(started), attempt);
    }

    internal static bool LeadsBackTo(Checkout open, StartPayment.Request request) => open.ReturnUrl == request.ReturnUrl && open.CancelUrl == request.CancelUrl;

    /// <summary>As long as the order waits, within what the provider allows.</summary>
    private static DateTimeOffset ExpiryOf(Order order, CheckoutTerms terms, DateTimeOffset now)
    {
        if (order.ExpiresAt < now + terms.Shortest) return now + terms.Shortest;
        return order.ExpiresAt > now + terms.Longest ? now + terms.Longest : order.ExpiresAt;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static Problem? Refusal(Order order, DateTimeOffset now)
    {
        if (order.Closed is not null) return PaymentProblems.OrderClosed;
        var payment = Settlement.Of(order).Payment;
        return payment switch
        {
            PaymentStatus.Awaiting or PaymentStatus.Failed => order.ExpiresAt > now ? null : PaymentProblems.OrderClosed,
            PaymentStatus.Pending => PaymentProblems.PaymentPending,
            PaymentStatus.NeedsReview => PaymentProblems.UnderReview,
            _ => PaymentProblems.AlreadyPaid,
        };
    }
}
