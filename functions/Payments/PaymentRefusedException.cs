using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>A provider understood what it was asked and turned it down: the same again will not help.</summary>
/// <param name="code">The provider's own code for the reason.</param>
/// <param name="remedy">What helps.</param>
public sealed class PaymentRefusedException(string provider, string? code, Remedy remedy = Remedy.Person, Exception? inner = null)
    : Exception($"{provider} refused: {code ?? "no code"}.", inner)
{
    public string? Code { get; } = code;

    public Remedy Remedy { get; } = remedy;
}
