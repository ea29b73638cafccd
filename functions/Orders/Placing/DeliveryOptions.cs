using System.ComponentModel.DataAnnotations;
using Shop.Functions.Accounts;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Placing;

/// <summary>
/// Settings <c>Delivery__*</c>: where the shop delivers, and what that costs by weight, without VAT. A shop that says nothing
/// delivers within its own country and asks nothing for it.
/// </summary>
public sealed class DeliveryOptions : IValidatableObject
{
    public const string Section = "Delivery";

    private const long MostNet = 99_999_999;

    private static readonly Zone Home = new() { Countries = "GB", Classes = [new() { Net = 0 }] };

    public List<Zone> Zones { get; set; } = [];

    /// <param name="country">ISO 3166-1.</param>
    /// <returns>Null where the shop does not deliver.</returns>
    public Zone? ZoneOf(string country) => (Zones.Count > 0 ? Zones : [Home]).FirstOrDefault(zone => zone.Codes.Contains(country));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, zone) in Zones.Index())
        {
            var name = $"Delivery__Zones__{index}";
            if (zone.Codes.Length == 0 || !zone.Codes.All(Countries.IsOne)) yield return new($"{name}__Countries must be codes of ISO 3166-1 with spaces between them.");
            if (zone.Codes.FirstOrDefault(code => !seen.Add(code)) is { } twice) yield return new($"{name}__Countries: {twice} is in a zone already.");
            if (!Currencies.IsKnown(zone.Currency)) yield return new($"{name}__Currency must be a currency that this shop can count in.");
            if (zone.Classes.Count == 0) yield return new($"{name}__Classes__0__Net is missing.");
            foreach (var (number, weightClass) in zone.Classes.Index())
            {
                if (weightClass.Net is null or < 0 or > MostNet) yield return new($"{name}__Classes__{number}__Net must be minor units between 0 and {MostNet}.");
                if (number > 0 && (weightClass.UpToGrams ?? int.MaxValue) <= (zone.Classes[number - 1].UpToGrams ?? int.MaxValue))
                    yield return new($"{name}__Classes__{number}__UpToGrams must be more than that of the class before it; only the last one may be without.");
            }
        }
    }

    public sealed class Zone
    {
        /// <summary>ISO 3166-1, with spaces between them.</summary>
        public string Countries { get; set; } = "";

        public string Currency { get; set; } = "GBP";

        /// <summary>The lightest first.</summary>
        public List<WeightClass> Classes { get; set; } = [];

        public string[] Codes => Countries.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    public sealed class WeightClass
    {
        /// <summary>Of all goods together; absent for any weight.</summary>
        public int? UpToGrams { get; set; }

        /// <summary>Minor units.</summary>
        public long? Net { get; set; }
    }
}
