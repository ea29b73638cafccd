using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>One thing that is wrong. <see cref="Issue" /> is the stable part.</summary>
public class ErrorDetails
{
    [JsonProperty("field", NullValueHandling = NullValueHandling.Ignore)]
    public string Field { get; set; }

    [JsonProperty("value", NullValueHandling = NullValueHandling.Ignore)]
    public string MValue { get; set; }

    [JsonProperty("location", NullValueHandling = NullValueHandling.Ignore)]
    public string Location { get; set; }

    [JsonProperty("issue")]
    public string Issue { get; set; }

    [JsonProperty("links", NullValueHandling = NullValueHandling.Ignore)]
    public List<LinkDescription> Links { get; set; }

    [JsonProperty("description", NullValueHandling = NullValueHandling.Ignore)]
    public string Description { get; set; }
}

/// <summary>A way on from a resource.</summary>
public class LinkDescription
{
    [JsonProperty("href")]
    public string Href { get; set; }

    [JsonProperty("rel")]
    public string Rel { get; set; }

    [JsonProperty("method", NullValueHandling = NullValueHandling.Ignore)]
    public LinkHttpMethod? Method { get; set; }
}
