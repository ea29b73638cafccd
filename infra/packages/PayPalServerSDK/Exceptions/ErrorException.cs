using Newtonsoft.Json;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Exceptions;

/// <summary>PayPal refused a call and, where the body was its own JSON, says why.</summary>
public class ErrorException(string reason, HttpContext context) : ApiException(reason, context)
{
    [JsonProperty("name")]
    public string Name { get; set; }

    /// <summary>The server's text; <see cref="Exception.Message" /> is a fixed sentence for the status.</summary>
    [JsonProperty("message")]
    public new string Message { get; set; }

    [JsonProperty("debug_id")]
    public string DebugId { get; set; }

    [JsonProperty("details", NullValueHandling = NullValueHandling.Ignore)]
    public List<ErrorDetails> Details { get; set; }

    [JsonProperty("links", NullValueHandling = NullValueHandling.Ignore)]
    public List<LinkDescription> Links { get; set; }

    public override string ToString() => Text(
        "ErrorException",
        $"Name = {Name ?? "null"}",
        $"Message = {Message ?? "null"}",
        $"DebugId = {DebugId ?? "null"}",
        $"Details = {string.Join(", ", (Details ?? []).Select(d => d.Issue))}");
}
