using Shop.Functions.Orders;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments;

/// <summary>What to do about a customer who wants to pay. Pure: the order and the clock in, one of four outcomes out.</summary>
public abstract record CheckoutDecision(Order Order)
{
    /// <summary>The shortest and longest life the providers allow a checkout, with a little room for clocks.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(31);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(23);

    /// <summary>PayPal forgets an order that is not approved after three or six hours, depending on whom one asks.</summary>
    private static readonly TimeSpan LongestAtPayPal = TimeSpan.FromMinutes(170);

    /// <summary>An attempt nobody finished starting is taken up again this long; after it a new one is made.</summary>
    private static readonly TimeSpan StartingLifetime = TimeSpan.FromMinutes(1);

    /// <summary>There is nothing to pay.</summary>
    public sealed record Refuse(Order Order, Problem Problem) : CheckoutDecision(Order);

    /// <summary>A page is open: the customer gets that one.</summary>
    public sealed record Resume(Order Order, Checkout Checkout) : CheckoutDecision(Order);

    /// <summary>A page is past its time and nobody has said how it ended: the provider is asked before another one opens.</summary>
    public sealed record AskFirst(Order Order, Checkout Checkout) : CheckoutDecision(Order);

    /// <summary>A page is to be opened; the order already holds the attempt.</summary>
    public sealed record Open(Order Order, Checkout Checkout) : CheckoutDecision(Order);

    public static CheckoutDecision Of(Order order, StartPayment.Request request, DateTimeOffset now)
    {
        if (Refusal(order, now) is { } problem) return new Refuse(order, problem);

        if (request.Provider == Providers.PayPal && !PayPalOrders.CanPay(order)) return new Refuse(order, PaymentProblems.CurrencyNotTaken);

        var attempts = order.Checkouts.Where(checkout => checkout.Provider == request.Provider).ToList();
        if (attempts.Find(checkout => checkout.State is CheckoutState.Open or CheckoutState.Approved) is { } open)
            return open.ExpiresAt > now ? new Resume(order, open) : new AskFirst(order, open);

        // Taken up with the parameters it was stored with: under its idempotency key they may not change.
        if (attempts.Find(checkout => checkout.State == CheckoutState.Starting && checkout.StartedAt + StartingLifetime > now) is { } starting)
            return new Open(order, starting);

        if (order.Checkouts.Length >= Order.MostCheckouts) return new Refuse(order, PaymentProblems.TooManyAttempts);
        var attempt = new Checkout
        {
            Provider = request.Provider,
            Attempt = attempts.Select(checkout => checkout.Attempt).DefaultIfEmpty().Max() + 1,
            StartedAt = now,
            ExpiresAt = WholeSeconds(ExpiryOf(order, request.Provider, now)),
            State = CheckoutState.Starting,
            ReturnUrl = request.ReturnUrl,
            CancelUrl = request.CancelUrl,
        };
        var started = new JournalEntry(now, JournalKinds.PaymentStarted, $"checkout:{attempt.Provider}:{attempt.Attempt}");
        return new Open(order.With(attempt).With(started), attempt);
    }

    /// <summary>As long as the order waits, within what the provider allows.</summary>
    private static DateTimeOffset ExpiryOf(Order order, string provider, DateTimeOffset now)
    {
        var longest = provider == Providers.PayPal ? LongestAtPayPal : Longest;
        if (order.ExpiresAt < now + Shortest) return now + Shortest;
        return order.ExpiresAt > now + longest ? now + longest : order.ExpiresAt;
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

/// <summary>Why a customer cannot pay right now.</summary>
public static class PaymentProblems
{
    public static Problem OrderClosed { get; } = new(409, "order-closed", "The order is cancelled or has expired; place it again.");

    public static Problem AlreadyPaid { get; } = new(409, "already-paid", "The order is paid.");

    public static Problem PaymentPending { get; } =
        new(409, "payment-pending", "A payment for this order is on its way; wait for it to be confirmed.");

    public static Problem UnderReview { get; } = new(409, "under-review", "A person is looking at this order's payment.");

    public static Problem TooManyAttempts { get; } = new(409, "too-many-attempts", "There have been too many attempts to pay this order.");

    public static Problem AlreadyOver { get; } = new(409, "payment-over", "This payment page is already used. Read the order to see how it ended.");

    public static Problem CurrencyNotTaken { get; } =
        new(409, "currency-not-taken", "This provider does not take the order's currency, or not with its decimals. Choose another provider.");

    /// <summary>The deployment is not finished: /api/health/ready names what is missing.</summary>
    public static Problem NotSetUp { get; } =
        new(503, "provider-not-set-up", "The shop cannot take payments by this provider yet. Choose another one, or try again later.") { RetryAfter = TimeSpan.FromMinutes(10) };

    /// <summary>The provider understood the request and turned it down: trying again will not help.</summary>
    public static Problem Refused { get; } = new(502, "provider-refused", "The payment provider does not accept this payment.");
}
