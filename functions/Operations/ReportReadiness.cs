using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Carriers;
using Shop.Functions.Messages;
using Shop.Functions.Newsletter;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Operations;

/// <summary>
/// <c>GET /api/health/ready</c>: whether every part has the secrets it needs, and which has not. 503 until then: the shop
/// runs, but a customer cannot do everything. It asks nobody, so it costs nothing and tells no secret.
/// </summary>
public sealed class ReportReadiness(PaymentProviders providers, IOptions<MailOptions> mail, IOptions<LinkOptions> links, IMailingList newsletter, IOptions<CarrierOptions> carriers)
{
    [Function(nameof(ReportReadiness))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request)
    {
        var parts = Providers.All.Select(name => (name, providers.IsSetUp(name)))
            .Concat([("mail", mail.Value.IsSetUp), ("links", links.Value.IsSetUp), ("newsletter", newsletter.IsSetUp)])
            .Concat(carriers.Value.Where(carrier => carrier.Value.WebhookSecrets.Count > 0).Select(carrier => ($"carrier-{carrier.Key}", carrier.Value.IsSetUp)));
        var response = Response.Of(parts);
        return new JsonResult<Response>(response, ReadinessWeb.Json.Type<Response>(), response.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <param name="Parts">Every part that can be set up after the first deployment.</param>
    public sealed record Response(bool Ready, ImmutableArray<Part> Parts)
    {
        public static Response Of(IEnumerable<(string Name, bool IsSetUp)> parts)
        {
            ImmutableArray<Part> all = [.. parts.Select(part => new Part(part.Name, part.IsSetUp ? "ready" : "not_configured"))];
            return new(all.All(part => part.Status == "ready"), all);
        }
    }

    /// <param name="Name"><c>stripe</c>, <c>paypal</c>, <c>mail</c>, <c>links</c>, <c>newsletter</c>, or <c>carrier-</c> and the code of one that sends webhooks.</param>
    /// <param name="Status"><c>ready</c> or <c>not_configured</c>.</param>
    public sealed record Part(string Name, string Status);
}

[JsonSerializable(typeof(ReportReadiness.Response))]
internal sealed partial class ReadinessWeb : JsonSerializerContext
{
    public static ReadinessWeb Json { get; } = new(Platform.Http.Json.Strict());
}
