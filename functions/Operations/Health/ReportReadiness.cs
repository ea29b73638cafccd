using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Carriers;
using Shop.Functions.Messages;
using Shop.Functions.Newsletter;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Operations.Health;

/// <summary>
/// <c>GET /api/health/ready</c>: whether storage answers and every part has the secrets it needs; 503 while one does not: the shop
/// runs, but a customer cannot do everything. Operators see why, and how each provider is reconciled; that one lags is for them to
/// see to (an alert tells them) and stops no customer. No secret is told to anybody. Two storage calls in ten seconds at most.
/// </summary>
public sealed class ReportReadiness(
    StorageProbe storage, PaymentProviders providers, IOptions<MailOptions> mail, IOptions<LinkOptions> links, IMailingList newsletter, IOptions<CarrierOptions> carriers, TimeProvider clock)
{
    [Function(nameof(ReportReadiness))]
    [Anonymous]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request)
    {
        var answer = await storage.AskAsync();
        Part[] parts =
        [
            Part.OfStorage("tables", answer.Tables),
            Part.OfStorage("queues", answer.Queues),
            .. Providers.All.Select(name => Part.OfSecrets(name, providers.IsSetUp(name)) with { Detail = Detail.Of(answer.EventLists.GetValueOrDefault(name), clock.GetUtcNow()) }),
            Part.OfSecrets("mail", mail.Value.IsSetUp),
            Part.OfSecrets("links", links.Value.IsSetUp),
            Part.OfSecrets("newsletter", newsletter.IsSetUp),
            .. carriers.Value.Where(carrier => carrier.Value.WebhookSecrets.Count > 0).Select(carrier => Part.OfSecrets($"carrier-{carrier.Key}", carrier.Value.IsSetUp)),
        ];
        var isOperator = await StaffRoles.IsHeldByAsync(request.HttpContext, StaffRoles.Operator);
        var response = new Response(parts.All(part => part.Status == Part.Ready), [.. parts.Select(part => isOperator ? part : part with { Detail = null })]);
        return new JsonResult<Response>(response, ReadinessWeb.Json.Type<Response>(), response.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <param name="Parts">Storage, and every part that can be set up after the first deployment.</param>
    public sealed record Response(bool Ready, ImmutableArray<Part> Parts);

    /// <param name="Name"><c>tables</c>, <c>queues</c>, <c>stripe</c>, <c>paypal</c>, <c>mail</c>, <c>links</c>, <c>newsletter</c>, or <c>carrier-</c> and the code of one that sends webhooks.</param>
    /// <param name="Status"><c>ready</c>, <c>not_answering</c> or <c>not_configured</c>.</param>
    /// <param name="Detail">For <c>Shop.Operator</c> only, where there is more to say.</param>
    public sealed record Part(string Name, string Status, Detail? Detail = null)
    {
        public const string Ready = "ready";

        /// <param name="failure">What kind of failure it answered with; null for none.</param>
        public static Part OfStorage(string name, string? failure) => new(name, failure is null ? Ready : "not_answering", failure is null ? null : new(failure, null, null, null));

        public static Part OfSecrets(string name, bool isSetUp) => new(name, isSetUp ? Ready : "not_configured");
    }

    /// <param name="Failure">For storage: <c>no_answer</c>, or <c>http_</c> and the status.</param>
    /// <param name="LastSuccessAt">For a provider: when it last gave a page of its list of events.</param>
    /// <param name="LagSeconds">For a provider: how far behind that list the shop has read.</param>
    /// <param name="IsLate">Whether that is more than the shop promises.</param>
    public sealed record Detail(string? Failure, DateTimeOffset? LastSuccessAt, long? LagSeconds, bool? IsLate)
    {
        public static Detail? Of(EventListProgress? list, DateTimeOffset now) =>
            list is null ? null : new(null, list.LastRunAt, (long)list.Lag(now).TotalSeconds, list.Lag(now) > EventListProgress.LongestLag);
    }
}

[JsonSerializable(typeof(ReportReadiness.Response))]
internal sealed partial class ReadinessWeb : JsonSerializerContext
{
    public static ReadinessWeb Json { get; } = new(Platform.Http.Json.Strict());
}
