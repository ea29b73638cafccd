using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Carriers;

/// <summary>
/// Settings <c>Carriers__{code}__*</c>: the carriers that tell of parcels by webhook, or whose pages show them, by a code of the
/// shop's own, for instance <c>dpd</c>. There may be none: staff can note everything by hand.
/// </summary>
public sealed class CarrierOptions() : Dictionary<string, CarrierOptions.Carrier>(StringComparer.OrdinalIgnoreCase), IValidatableObject
{
    public const string Section = "Carriers";

    /// <summary>Where the number of a parcel stands in <see cref="Carrier.TrackingUrl"/>.</summary>
    public const string Number = "{number}";

    /// <summary>Shorter ones can be guessed.</summary>
    private const int ShortestSecret = 24;

    /// <param name="carrier">As staff have noted it on a parcel.</param>
    /// <returns>The carrier's code; null for one that has no settings.</returns>
    public string? CodeOf(string? carrier) =>
        carrier is null ? null : Keys.FirstOrDefault(code => IsSame(code, carrier) || IsSame(this[code].Name, carrier));

    /// <returns>The carrier's page about a parcel; null where it has none that is known here.</returns>
    public string? TrackingUrl(string? carrier, string? number) =>
        number is not null && CodeOf(carrier) is { } code && this[code].TrackingUrl is { Length: > 0 } template
            ? template.Replace(Number, Uri.EscapeDataString(number), StringComparison.Ordinal)
            : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        this.SelectMany(carrier => Validate($"Carriers__{carrier.Key}", carrier.Key, carrier.Value)).Concat(Ambiguous());

    /// <summary>What staff write on a parcel means one carrier: else one would tell of another's parcels.</summary>
    private IEnumerable<ValidationResult> Ambiguous() =>
        from carrier in this
        where carrier.Value.Name is { } name && Keys.Any(code => code != carrier.Key && (IsSame(code, name) || (IsSame(this[code].Name, name) && string.CompareOrdinal(code, carrier.Key) < 0)))
        select new ValidationResult($"Carriers__{carrier.Key}__Name is the name or the code of another carrier.");

    private static IEnumerable<ValidationResult> Validate(string setting, string code, Carrier carrier)
    {
        if (code.Length > 20 || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            yield return new($"{setting} is no carrier's code: 1 to 20 small letters and digits.");
        if (carrier.Name is { Length: > 50 }) yield return new($"{setting}__Name has more than 50 characters.");
        if (!string.IsNullOrEmpty(carrier.TrackingUrl) && !IsTemplate(carrier.TrackingUrl))
            yield return new($"{setting}__TrackingUrl must be an https address with {Number} in its path or query, once (or http on this machine).");
        for (var i = 0; i < carrier.WebhookSecrets.Count; i++)
        {
            if (VaultReference.IsUnresolved(carrier.WebhookSecrets[i])) continue;
            if (carrier.WebhookSecrets[i].Length < ShortestSecret || carrier.WebhookSecrets[i].Any(char.IsWhiteSpace))
                yield return new($"{setting}__WebhookSecrets__{i} must have at least {ShortestSecret} characters and no blanks, for instance from: openssl rand -base64 32");
        }
    }

    private static bool IsTemplate(string text) =>
        text.Split(Number) is [var before, _] && Uri.TryCreate(before, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address.UserInfo.Length == 0 && address.AbsoluteUri.Length > address.GetLeftPart(UriPartial.Authority).Length
        && before.StartsWith(address.GetLeftPart(UriPartial.Authority) + "/", StringComparison.OrdinalIgnoreCase);

    private static bool IsSame(string? known, string carrier) => string.Equals(known?.Trim(), carrier.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>One carrier.</summary>
    public sealed class Carrier
    {
        /// <summary>What staff call it on a parcel, for instance <c>DPD</c>, where that is not its code.</summary>
        public string? Name { get; set; }

        /// <summary>The carrier's page about a parcel, with <see cref="Number"/> where its number stands; empty when it has none.</summary>
        public string? TrackingUrl { get; set; }

        /// <summary>What its webhooks are signed with: the current secret, and the one before while it is being rotated; none when it sends none.</summary>
        [Secret]
        public IList<string> WebhookSecrets { get; set; } = [];

        /// <summary>Whether every secret is one: after a first deployment they are still references that lead nowhere.</summary>
        public bool IsSetUp => WebhookSecrets.Count > 0 && !WebhookSecrets.Any(VaultReference.IsUnresolved);
    }
}
