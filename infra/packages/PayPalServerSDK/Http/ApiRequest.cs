using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using PaypalServerSdk.Standard.Http.Request;

namespace PaypalServerSdk.Standard.Http;

/// <summary>A call in the making. What is set to null is left out.</summary>
internal sealed class ApiRequest(HttpMethod method, string path)
{
    private readonly Dictionary<string, string> headers = [];
    private readonly List<KeyValuePair<string, object>> form = [];
    private readonly Dictionary<string, object> query = [];
    private string path = path;
    private string body;

    public HttpMethod Method => method;

    /// <summary>Put into the path as it is: the vendor does not escape it either.</summary>
    public ApiRequest Template(string name, string value)
    {
        path = path.Replace($"{{{name}}}", value is null ? "" : Plain(value), StringComparison.Ordinal);
        return this;
    }

    public ApiRequest Header(string name, string value)
    {
        if (value is not null)
        {
            headers[name] = Plain(value);
        }

        return this;
    }

    public ApiRequest Query(string name, string value)
    {
        if (value is not null)
        {
            query[name] = value;
        }

        return this;
    }

    public ApiRequest Form(string name, object value)
    {
        if (value is not null)
        {
            form.Add(new(name, value));
        }

        return this;
    }

    /// <summary>JSON; no model means a body of no length, still called JSON.</summary>
    public ApiRequest Json(object model)
    {
        body = model is null ? null : JsonConvert.SerializeObject(model);
        return Header("Content-Type", "application/json");
    }

    /// <summary>What was asked, for whoever catches the exception.</summary>
    public HttpRequest Build(string baseUri)
    {
        var address = new StringBuilder(baseUri).Append(Regex.Replace(path, "//+", "/"));
        foreach (var (name, value) in query)
        {
            address.Append(address.ToString().Contains('?') ? '&' : '?');
            address.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value.ToString()));
        }

        return new HttpRequest(method, address.ToString(), headers, body, form, null, null, query);
    }

    /// <summary>The value as JSON without its quotes, so that a quote inside arrives with a backslash.</summary>
    private static string Plain(string value) => JsonConvert.SerializeObject(value).TrimStart('"').TrimEnd('"');
}
