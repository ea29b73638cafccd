using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments;

/// <summary>The payment providers by name.</summary>
public sealed class PaymentProviders(IEnumerable<IPaymentProvider> providers)
{
    private readonly Dictionary<string, IPaymentProvider> _byName = providers.ToDictionary(provider => provider.Name);

    /// <summary>The deployment is not finished: /api/health/ready names what is missing.</summary>
    public static Problem NotSetUp { get; } =
        new(503, "provider-not-set-up", "The shop cannot take payments by this provider yet. Choose another one, or try again later.") { RetryAfter = TimeSpan.FromMinutes(10) };

    /// <exception cref="ArgumentException">The name is none of <see cref="Providers"/>.</exception>
    /// <exception cref="UnavailableException">The provider's secrets are not set up yet: nothing is asked of it.</exception>
    public IPaymentProvider this[string name] =>
        !_byName.TryGetValue(name, out var provider) ? throw new ArgumentException($"There is no payment provider {name}.", nameof(name))
        : !provider.IsSetUp ? throw new UnavailableException($"{name}, which is not set up yet,")
        : provider;

    /// <summary>Refunds and disputes do not name our order; the payment they are about does, at the provider.</summary>
    /// <returns>Null when it is about a payment that is not this shop's.</returns>
    /// <exception cref="PaymentRefusedException">The provider does not say whose payment it is.</exception>
    /// <exception cref="UnavailableException">The provider does not answer.</exception>
    public async Task<string?> FindOrderIdAsync(PaymentEvent payment, CancellationToken cancellation)
    {
        // Checked by whoever translated it; an older version did not, and a message may be from its days.
        if (payment.OrderId is { } id) return OrderIds.IsId(id) ? id : null;
        var capture = payment.Money is { Kind: FactKind.Capture } money ? money.ObjectId : payment.Money?.CaptureId;
        return capture is { } captureId ? await this[payment.Provider].FindOrderIdAsync(captureId, cancellation) : null;
    }

    /// <summary>Whether the app has the provider's secrets.</summary>
    public bool IsSetUp(string name) => _byName.TryGetValue(name, out var provider) && provider.IsSetUp;
}
