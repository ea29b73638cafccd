using System.Text.Json.Serialization;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>A step on the record of a consent, as its owner sees it.</summary>
/// <param name="ConfirmedAt">Absent while it does not count yet, and for a withdrawal.</param>
public sealed record ConsentView(string Purpose, bool Given, DateTimeOffset At, DateTimeOffset? ConfirmedAt, string? Wording, bool Under16, GiveConsent.Parent? Parent)
{
    public static ConsentView Of(ConsentEntity step) => new(
        step.Purpose,
        step.Given,
        step.At,
        step.ConfirmedAt,
        step.Wording,
        step.Under16,
        step is { ParentName: { } name, ParentEmail: { } email } ? new(name, email) : null);
}

[JsonSerializable(typeof(GiveConsent.Request))]
[JsonSerializable(typeof(ConsentView))]
[JsonSerializable(typeof(ReadConsents.Response))]
[JsonSerializable(typeof(ListWordings.Response), TypeInfoPropertyName = "Wordings")]
[JsonSerializable(typeof(DecideAge.Request), TypeInfoPropertyName = "AgeRequest")]
[JsonSerializable(typeof(DecideAge.Response), TypeInfoPropertyName = "AgeResponse")]
internal sealed partial class ConsentJson : JsonSerializerContext
{
    public static ConsentJson Web { get; } = new(Json.Strict());
}
