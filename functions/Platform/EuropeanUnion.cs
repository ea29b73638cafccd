using System.Collections.Frozen;

namespace Shop.Functions.Platform;

/// <summary>The member states of the European Union, as ISO 3166-1 writes them: where VAT can go through the one-stop shop.</summary>
public static class EuropeanUnion
{
    public static readonly FrozenSet<string> Members = new[]
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO",
        "SE", "SI", "SK",
    }.ToFrozenSet(StringComparer.Ordinal);
}
