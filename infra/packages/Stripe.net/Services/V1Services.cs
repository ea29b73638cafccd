namespace Stripe;

/// <summary>The services of API v1.</summary>
public class V1Services : Service
{
    private ChargeService charges;
    private CheckoutService checkout;
    private DisputeService disputes;
    private EventService events;
    private PaymentIntentService paymentIntents;
    private RefundService refunds;

    internal V1Services(IStripeClient client)
        : base(client)
    {
    }

    public virtual ChargeService Charges => charges ??= new ChargeService(Caller);
    public virtual CheckoutService Checkout => checkout ??= new CheckoutService(Caller);
    public virtual DisputeService Disputes => disputes ??= new DisputeService(Caller);
    public virtual EventService Events => events ??= new EventService(Caller);
    public virtual PaymentIntentService PaymentIntents => paymentIntents ??= new PaymentIntentService(Caller);
    public virtual RefundService Refunds => refunds ??= new RefundService(Caller);
}

/// <summary>The services of Stripe Checkout.</summary>
public class CheckoutService : Service
{
    private Checkout.SessionService sessions;

    internal CheckoutService(IStripeClient client)
        : base(client)
    {
    }

    public virtual Checkout.SessionService Sessions => sessions ??= new Checkout.SessionService(Caller);
}
