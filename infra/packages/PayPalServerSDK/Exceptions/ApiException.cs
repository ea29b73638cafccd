using Newtonsoft.Json;
using PaypalServerSdk.Standard.Http.Client;

namespace PaypalServerSdk.Standard.Exceptions;

/// <summary>
/// PayPal refused a call. Failures of the network are not turned into this, and neither is a refusal in JSON of another shape than
/// expected, which ends as a <see cref="JsonSerializationException" />.
/// </summary>
[JsonObject]
public class ApiException : Exception
{
    public ApiException(string reason, HttpContext context = null)
        : base(reason)
    {
        HttpContext = context;
        if (GetType() == typeof(ApiException) || context?.Response?.RawBody is not { CanRead: true } stream)
        {
            return;
        }

        var body = new StreamReader(stream).ReadToEnd();
        if (string.IsNullOrWhiteSpace(body))
        {
            return;
        }

        try
        {
            JsonConvert.PopulateObject(body, this);
        }
        catch (JsonReaderException)
        {
            // A body that is no JSON, such as a proxy's page, leaves the members as they are.
        }
    }

    /// <summary>The HTTP status, or -1.</summary>
    [JsonIgnore]
    public int ResponseCode => HttpContext?.Response?.StatusCode ?? -1;

    [JsonIgnore]
    public HttpContext HttpContext { get; private set; }

    public override string ToString() => Text("ApiException", []);

    private protected string Text(string name, params string[] members) =>
        $"{name} : ({string.Join(", ", [$"StatusCode = {HttpContext?.Response?.StatusCode}", $"Message = {Message}", .. members, $"StackTrace = {StackTrace}"])})";
}
