using System.Collections.Frozen;
using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>What helps against each of a provider's refusals, by the provider's own code. Pure.</summary>
public sealed class RemedyTable
{
    private readonly FrozenDictionary<string, Remedy> _remedies;

    /// <param name="rows">Codes with blanks between them.</param>
    public RemedyTable(params ReadOnlySpan<(Remedy Remedy, string Codes)> rows)
    {
        var remedies = new Dictionary<string, Remedy>(StringComparer.Ordinal);
        foreach (var (remedy, codes) in rows)
            foreach (var code in codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) remedies.Add(code, remedy);
        _remedies = remedies.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every code that is known here.</summary>
    public IEnumerable<string> Codes => _remedies.Keys;

    public bool Knows(string? code) => code is not null && _remedies.ContainsKey(code);

    /// <returns>What helps; a person, when the code is not known here.</returns>
    public Remedy Of(string? code) => code is not null && _remedies.TryGetValue(code, out var remedy) ? remedy : Remedy.Person;
}
