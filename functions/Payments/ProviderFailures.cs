using System.Net;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>
/// Every answer by which a provider turns something down, told once in the log: with the provider's own code and its number
/// of the call, by which its support finds it, and without anything else of what was sent or answered.
/// </summary>
public sealed partial class ProviderFailures(ILogger<ProviderFailures> logger)
{
    /// <param name="code">The provider's own code for the reason.</param>
    /// <param name="reference">The provider's number of the call: PayPal's debug id, Stripe's request id.</param>
    /// <param name="isKnown">Whether the code is one that this version knows.</param>
    public PaymentRefusedException Refused(string provider, string? code, string? reference, Remedy remedy, bool isKnown, Exception? inner = null)
    {
        if (!isKnown) LogUnknown(provider, code, reference);
        else if (remedy == Remedy.Person) LogForPerson(provider, code, reference);
        else LogRefused(provider, code, reference, remedy);
        return new(provider, code, remedy, inner);
    }

    /// <summary>What was asked for may have been settled already, and the provider says no more about it than that it cannot be done.</summary>
    public PaymentRefusedException Moot(string provider, string? code, string? reference, Exception? inner = null)
    {
        LogMoot(provider, code, reference);
        return new(provider, code, Remedy.TryAgain, inner);
    }

    /// <param name="settings">Where to look: the names of the settings that hold the keys.</param>
    public ProviderAccessException NoAccess(string provider, HttpStatusCode? status, string? code, string? reference, string settings, Exception? inner = null)
    {
        LogNoAccess(provider, (int?)status, code, reference, settings);
        return new(provider, inner);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} refused: {Code}, reference {Reference}. What helps: {Remedy}")]
    private partial void LogRefused(string provider, string? code, string? reference, Remedy remedy);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} refused: {Code}, reference {Reference}. Only the shop can mend it")]
    private partial void LogForPerson(string provider, string? code, string? reference);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} refused: {Code}, reference {Reference}. This version does not know the code: a person has to look, and to add it")]
    private partial void LogUnknown(string provider, string? code, string? reference);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider} has nothing to do: {Code}, reference {Reference}")]
    private partial void LogMoot(string provider, string? code, string? reference);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} does not let this shop do that: {Status} {Code}, reference {Reference}. Look at {Settings} and at what its key is allowed to do")]
    private partial void LogNoAccess(string provider, int? status, string? code, string? reference, string settings);
}
