using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Local.Sandboxes;

namespace Shop.Local.Carriers;

/// <summary>
/// A carrier for one machine: it takes over a parcel by the reference on its label, tells the shop by signed webhooks what becomes
/// of it, and shows it on a page of its own. Webhooks come twice, late, shuffled or not at all on request.
/// </summary>
public sealed class CarrierSandbox : ProviderSandbox
{
    private readonly CarrierAccount _account;

    private CarrierSandbox(CarrierAccount account)
        : base(account, new CarrierClockwork(account), new CarrierWebhookFormat(account), new([], [
            WebhookFaultKind.Duplicate, WebhookFaultKind.Shuffle, WebhookFaultKind.Delay, WebhookFaultKind.Drop,
            WebhookFaultKind.WrongSignature, WebhookFaultKind.OldTimestamp, WebhookFaultKind.TwoSignatures])) => _account = account;

    /// <summary>The carrier's code in the shop's settings.</summary>
    public string Code => _account.Code;

    /// <summary>What a carrier can say of a parcel, in the order in which it usually happens.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["collected", "in_transit", "out_for_delivery", "failed", "delivered", "returned"];

    /// <summary>The parcels that it knows, with what it has told of each, the first first.</summary>
    public IReadOnlyList<CarriedParcel> Parcels => _account.Do(state => state.Events.Values
        .GroupBy(told => (string)told.Object["reference"]!)
        .Select(told => new CarriedParcel(told.Key, [.. told.OrderBy(one => (DateTimeOffset)one.Object["at"]!).Select(one => one.Type)])).ToList());

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CarrierSandbox> StartAsync(CarrierSandboxOptions options, CancellationToken cancellationToken)
    {
        var sandbox = new CarrierSandbox(new(options));
        await sandbox.ListenAsync(cancellationToken);
        return sandbox;
    }

    /// <summary>Something happens to a parcel now.</summary>
    /// <param name="reference">What stands on its label.</param>
    /// <returns>The event's id.</returns>
    /// <exception cref="ArgumentException">Carriers do not say that.</exception>
    public Task<string> TellAsync(string reference, string kind, DateTimeOffset? at = null, DateTimeOffset? expectedBy = null)
    {
        if (!Kinds.Contains(kind)) throw new ArgumentException($"Choose kind: one of {string.Join(", ", Kinds)}.", nameof(kind));
        return _account.ChangeAsync(_ => _account.Raise(reference, kind, at ?? _account.Clock, expectedBy).Id);
    }

    /// <summary>Takes over a parcel and brings it to its end, an event a second; all of them are told at once.</summary>
    /// <param name="outcome"><c>delivered</c>, or <c>returned</c> after a try that failed.</param>
    /// <exception cref="ArgumentException">No way of a parcel ends so.</exception>
    public Task<bool> CarryAsync(string reference, string outcome)
    {
        string[] kinds = outcome switch
        {
            "delivered" => ["collected", "in_transit", "out_for_delivery", "delivered"],
            "returned" => ["collected", "in_transit", "out_for_delivery", "failed", "returned"],
            _ => throw new ArgumentException("Choose outcome: delivered or returned.", nameof(outcome)),
        };
        return _account.ChangeAsync(_ =>
        {
            var now = _account.Clock;
            foreach (var (index, kind) in kinds.Index()) _account.Raise(reference, kind, now + TimeSpan.FromSeconds(index + 1), index == 0 ? now + TimeSpan.FromDays(1) : null);
            return true;
        });
    }

    private protected override ISandboxControl Control => new CarrierControl(this);

    private protected override void Map(WebApplication app) => app.MapGet("/track/{reference}", ShowAsync);

    private protected override string SubjectOf(SandboxEvent raised) => (string)raised.Object["reference"]!;

    /// <summary>What a customer sees at the carrier. The sandbox knows references only, and a tracking number is one to it.</summary>
    private Task ShowAsync(HttpContext http)
    {
        var number = (string)http.GetRouteValue("reference")!;
        var told = Parcels.FirstOrDefault(parcel => parcel.Reference == number)?.Told ?? [];
        var steps = told.Count == 0 ? "<p>Nothing is known of this parcel.</p>" : $"<ol>{string.Concat(told.Select(kind => $"<li>{kind}</li>"))}</ol>";
        return Page.WriteAsync(http, 200, Page.Document($"Parcel {ControlPage.Encode(number)}", steps));
    }
}

/// <param name="Told">What the carrier has said of it, in the order in which it happened.</param>
public sealed record CarriedParcel(string Reference, IReadOnlyList<string> Told);

/// <summary>What people and programs can make the carrier do; read it for the addresses.</summary>
internal sealed class CarrierControl(CarrierSandbox sandbox) : ISandboxControl
{
    public string Title => "Carrier sandbox";

    public object? List(string name) => name == "parcels" ? sandbox.Parcels : null;

    public async Task<object?> ActAsync(string[] segments, ControlForm form)
    {
        switch (segments)
        {
            case ["parcels"]:
                return new { @event = await sandbox.TellAsync(Needed(form, "reference"), "collected") };
            case ["parcels", var reference, "carry"]:
                await sandbox.CarryAsync(reference, form.Text("outcome") ?? "delivered");
                return ControlApi.Done;
            case ["parcels", var reference, "tell"]:
                return new { @event = await sandbox.TellAsync(reference, Needed(form, "kind")) };
            default:
                return null;
        }
    }

    public void Write(ControlPage page)
    {
        page.Field("/sandbox/parcels", "Collect a parcel", "reference");
        page.Table("Parcels", ["Reference", "Told", ""], sandbox.Parcels, parcel =>
        [
            ControlPage.Encode(parcel.Reference), string.Join(", ", parcel.Told),
            string.Concat(CarrierSandbox.Kinds.Select(kind => ControlPage.Button($"/sandbox/parcels/{Uri.EscapeDataString(parcel.Reference)}/tell", kind, ("kind", kind)))),
        ]);
    }

    private static string Needed(ControlForm form, string name) => form.Text(name) ?? throw new FormatException($"The field {name} is missing.");
}
