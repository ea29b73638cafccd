namespace Shop.Functions.Payments;

/// <summary>The payment providers by name.</summary>
public sealed class PaymentProviders(IEnumerable<IPaymentProvider> providers)
{
    private readonly Dictionary<string, IPaymentProvider> _byName = providers.ToDictionary(provider => provider.Name);

    /// <exception cref="ArgumentException">The name is none of <see cref="Providers"/>.</exception>
    public IPaymentProvider this[string name] =>
        _byName.TryGetValue(name, out var provider) ? provider : throw new ArgumentException($"There is no payment provider {name}.", nameof(name));
}
