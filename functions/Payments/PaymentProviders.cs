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

    /// <summary>Whether the app has the provider's secrets.</summary>
    public bool IsSetUp(string name) => _byName.TryGetValue(name, out var provider) && provider.IsSetUp;
}
