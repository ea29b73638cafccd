using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary><c>GET /api/account/consents</c>: whether marketing is agreed to now, and every step that led there, newest first.</summary>
public sealed class ReadConsents(ConsentStore consents)
{
    [Function(nameof(ReadConsents))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "account/consents")] HttpRequest request, CancellationToken cancellation)
    {
        if (await consents.FindAsync(Caller.Of(request).AccountId, cancellation) is not { } history) return Problem.NotFound;
        var response = new Response(history.Latest(GiveConsent.Marketing) is { Given: true }, [.. history.Steps.Reverse().Select(ConsentView.Of)]);
        return new Answer<Response>(response, ConsentJson.Web.Type<Response>())
        {
            ETag = ETags.OfText(JsonSerializer.Serialize(response, ConsentJson.Web.Type<Response>())),
        };
    }

    public sealed record Response(bool Marketing, ImmutableArray<ConsentView> History);
}

/// <summary>A step in the history of a consent, as its owner sees it.</summary>
public sealed record ConsentView(string Purpose, bool Given, DateTimeOffset At, string? Wording, bool Under16, GiveConsent.Parent? Parent)
{
    public static ConsentView Of(ConsentEntity step) => new(
        step.Purpose,
        step.Given,
        step.At,
        step.Wording,
        step.Under16,
        step is { ParentName: { } name, ParentEmail: { } email } ? new(name, email) : null);
}

[JsonSerializable(typeof(GiveConsent.Request))]
[JsonSerializable(typeof(ConsentView))]
[JsonSerializable(typeof(ReadConsents.Response))]
internal sealed partial class ConsentJson : JsonSerializerContext
{
    public static ConsentJson Web { get; } = new(Json.Strict());
}
