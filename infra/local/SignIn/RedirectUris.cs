namespace Shop.Local.SignIn;

/// <summary>Where sign-in may send people back to: loopback addresses on any port, and the configured origins.</summary>
internal sealed class RedirectUris(IReadOnlyList<Uri> origins)
{
    public bool Allows(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
        && (uri.IsLoopback || origins.Any(origin => OriginOf(origin) == OriginOf(uri)));

    public static string Append(string address, string responseMode, IEnumerable<KeyValuePair<string, string>> values)
    {
        var query = string.Join('&', values.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var separator = responseMode == "fragment" ? '#' : address.Contains('?') ? '&' : '?';
        return $"{address}{separator}{query}";
    }

    private static string OriginOf(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
