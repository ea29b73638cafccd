namespace Shop.Local.SignIn;

/// <summary>Who a token is for and, for tests of refusals, what is unusual about it.</summary>
public sealed record TokenRequest(string Email)
{
    /// <summary>Display name; the part of the e-mail address before the @ when null.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How long from now it is valid; negative for one that has expired already.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The <c>aud</c> claim; the API's client id when null.</summary>
    public string? Audience { get; init; }

    /// <summary>The <c>iss</c> claim; this authority when null.</summary>
    public string? Issuer { get; init; }

    /// <summary>The <c>scp</c> claim; null leaves it out.</summary>
    public string? Scope { get; init; } = "Shop.Access";

    /// <summary>The <c>azp</c> claim: the client that asked; the API's client id when null.</summary>
    public string? AuthorizedParty { get; init; }
}
