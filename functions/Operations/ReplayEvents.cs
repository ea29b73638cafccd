using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// <c>POST /api/operations/replay</c>: takes what a provider told in a period from the provider's own list of events and
/// queues it as if it had just been delivered: for webhooks that were lost, refused or wrongly handled. What an order
/// knows already changes nothing there. A dry run, which is the default, only says what would be queued.
/// </summary>
public sealed partial class ReplayEvents(PaymentProviders providers, PaymentEvents events, TimeProvider clock, ILogger<ReplayEvents> logger)
{
    /// <summary>Of a hundred events each: what one request does while somebody waits for it.</summary>
    private const int MostPages = 3;

    [Function(nameof(ReplayEvents))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operations/replay")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, ReplayWeb.Json.Type<Request>(), body => body.Validate(clock.GetUtcNow()), cancellation);
        if (body is null) return invalid!;

        if (!providers.IsSetUp(body.Provider)) return PaymentProviders.NotSetUp;

        var found = new List<Translation>();
        var next = body.Place;
        try
        {
            for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
            {
                (var listed, next) = await providers[body.Provider].FetchEventsAsync(body.From, body.To, next, cancellation);
                foreach (var translation in body.DryRun ? [] : listed) await events.PassOnAsync(translation, cancellation);
                found.AddRange(listed);
            }
        }
        catch (PaymentRefusedException) when (body.Continuation is not null)
        {
            return NotAContinuation;
        }
        catch (PaymentRefusedException)
        {
            return NotListed;
        }

        var response = Response.Of(body.DryRun, found, next);
        LogReplayed(body.Provider, body.From, body.To, response.Payments.Length, response.SetAside.Length, body.DryRun);
        return new JsonResult<Response>(response, ReplayWeb.Json.Type<Response>());
    }

    private static readonly Problem NotListed = new(502, "events-not-listed", "The provider does not list its events of that period.");

    private static Problem NotAContinuation { get; } =
        Problem.Invalid(new Dictionary<string, string[]> { ["continuation"] = ["Not a continuation of this list."] });

    /// <param name="Provider"><c>stripe</c> or <c>paypal</c>.</param>
    /// <param name="From">The first moment of the period.</param>
    /// <param name="To">The first moment after it.</param>
    /// <param name="DryRun">Only say what would be done; true unless told otherwise.</param>
    /// <param name="Continuation">What the answer before gave, with everything else the same.</param>
    public sealed record Request(string Provider, DateTimeOffset From, DateTimeOffset To, bool DryRun = true, string? Continuation = null)
    {
        private const int LongestContinuation = 2_000;

        /// <summary>What providers keep at least: Stripe says thirty days, PayPal shows as many.</summary>
        private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

        /// <summary>The continuation in the provider's words; null for the first page, or when it is none.</summary>
        internal string? Place => Continuation is { Length: > 0 and <= LongestContinuation } text && Base64Url.IsValid(text)
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text))
            : null;

        public Problem? Validate(DateTimeOffset now)
        {
            var validation = new Validation();
            validation.Require(Providers.All.Contains(Provider), "provider", $"One of: {string.Join(", ", Providers.All)}.");
            validation.Require(From >= now - Kept, "from", "At most 30 days ago: providers keep events no longer.");
            validation.Require(From < now, "from", "Before now.");
            validation.Require(To > From, "to", "After the beginning of the period.");
            validation.Require(To <= now + TimeSpan.FromDays(1), "to", "At most a day from now.");
            validation.Require(Continuation is null || !string.IsNullOrEmpty(Place), "continuation", "Not a continuation of this list.");
            return validation.Problem;
        }
    }

    /// <param name="ByType">How many of each of the provider's types are (or would be) queued.</param>
    /// <param name="Payments">What is (or would be) queued.</param>
    /// <param name="SetAside">What cannot be read and is (or would be) put where operators look.</param>
    /// <param name="Ignored">How many are none of our business.</param>
    /// <param name="Continuation">Ask again with it for the events before these; absent when there are none.</param>
    public sealed record Response(
        bool DryRun, ImmutableSortedDictionary<string, int> ByType, ImmutableArray<Item> Payments, ImmutableArray<Item> SetAside, int Ignored, string? Continuation)
    {
        public static Response Of(bool dryRun, IReadOnlyList<Translation> found, string? next)
        {
            var payments = found.OfType<Translation.Payment>().Select(read => new Item(read.Event.EventId, read.Event.Type, read.Event.OrderId)).ToImmutableArray();
            return new(
                dryRun,
                payments.GroupBy(item => item.Type).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
                payments,
                [.. found.OfType<Translation.Unreadable>().Select(read => new Item(read.Event.EventId, read.Event.Type, null, read.Event.Reason))],
                found.OfType<Translation.Ignored>().Count(),
                Page.Continuation(next));
        }
    }

    /// <param name="Id">The provider's id of the event.</param>
    /// <param name="OrderId">Our order, where the event names it.</param>
    /// <param name="Reason">Why it cannot be read.</param>
    public sealed record Item(string Id, string Type, string? OrderId, string? Reason = null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} events from {From} to {To}: {Payments} queued, {SetAside} set aside (dry run: {DryRun})")]
    private partial void LogReplayed(string provider, DateTimeOffset from, DateTimeOffset to, int payments, int setAside, bool dryRun);
}

[JsonSerializable(typeof(ReplayEvents.Request))]
[JsonSerializable(typeof(ReplayEvents.Response))]
internal sealed partial class ReplayWeb : JsonSerializerContext
{
    public static ReplayWeb Json { get; } = new(Platform.Http.Json.Strict());
}
