using System.ComponentModel.DataAnnotations;

namespace Shop.Functions.Platform.Links;

/// <summary>Settings <c>Links__*</c>: what links in mails are signed with, and where they lead.</summary>
public sealed class LinkOptions : IValidatableObject
{
    public const string Section = "Links";

    /// <summary>Of each key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>
    /// Base64 of 32 random bytes each. The first one signs; links that were signed with any of them are good, so that one can be
    /// replaced without breaking the links that are on their way.
    /// </summary>
    [Secret]
    public List<string> Keys { get; set; } = [];

    /// <summary>The public address of this API without a path; in Azure, the app's own host name where nothing is set.</summary>
    public string? Address { get; set; }

    /// <summary>Whether the first key is one: after a first deployment it is still a reference that leads nowhere.</summary>
    public bool IsSetUp => Keys is [var first, ..] && !VaultReference.IsUnresolved(first);

    /// <summary>Never a request's own Host header, which whoever asks can choose.</summary>
    public bool HasAddress => Uri.TryCreate(Address, UriKind.Absolute, out var address)
        && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Keys.Count == 0) yield return new("Links__Keys__0 is missing: set 32 random bytes in Base64, for instance from: openssl rand -base64 32");
        if (Keys.Count > 2) yield return new("Links__Keys has more than two keys: one that signs, and one that is on its way out.");
        for (var i = 0; i < Keys.Count; i++)
        {
            if (!VaultReference.IsUnresolved(Keys[i]) && !IsKey(Keys[i])) yield return new($"Links__Keys__{i} is not 32 bytes in Base64.");
        }
    }

    private static bool IsKey(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length == KeyLength;
}
