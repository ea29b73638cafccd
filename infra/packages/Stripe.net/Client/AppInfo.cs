using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Which product the calls come from, for plug-ins that sell as their own.</summary>
public class AppInfo
{
    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("partner_id")]
    public string PartnerId { get; set; }

    [JsonPropertyName("version")]
    public string Version { get; set; }

    [JsonPropertyName("url")]
    public string Url { get; set; }

    /// <summary>As it ends the User-Agent: <c>name/version (url)</c>.</summary>
    public string FormatUserAgent() =>
        Name
        + (string.IsNullOrEmpty(Version) ? "" : $"/{Version}")
        + (string.IsNullOrEmpty(Url) ? "" : $" ({Url})");
}
