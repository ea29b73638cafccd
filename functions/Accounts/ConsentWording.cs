using System.Collections.Immutable;

namespace Shop.Functions.Accounts;

/// <summary>
/// Words that people are asked to agree to. A version is never changed: other words are another version, and one that is no
/// longer used stays here as long as somebody's consent names it.
/// </summary>
/// <param name="Since">The first day on which they were used.</param>
public sealed record ConsentWording(string Version, string Purpose, string Text, DateOnly Since)
{
    /// <summary>Oldest first.</summary>
    public static ImmutableArray<ConsentWording> All { get; } =
    [
        new(
            "2026-1", GiveConsent.Marketing,
            "Server Room Environments Ltd may send me news of its products and services by e-mail, three or four times a year. I can withdraw this at any time in my account or by the link in each e-mail.",
            new(2026, 1, 1)),
        new(
            "2026-2", GiveConsent.Marketing,
            "Server Room Environments Ltd may send me news of its products and services by e-mail, three or four times a year, through the mailing service that its privacy policy names. I can withdraw this at any time in my account or by the link in each e-mail.",
            new(2026, 6, 1)),
    ];

    /// <returns>The words of a version; nothing for one that there never was.</returns>
    public static string TextOf(string version) => All.FirstOrDefault(wording => wording.Version == version)?.Text ?? "";

    public static bool IsKnown(string version, string purpose) => All.Any(wording => wording.Version == version && wording.Purpose == purpose);
}
