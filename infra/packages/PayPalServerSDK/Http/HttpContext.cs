using PaypalServerSdk.Standard.Http.Request;
using PaypalServerSdk.Standard.Http.Response;

namespace PaypalServerSdk.Standard.Http.Client
{
    /// <summary>A call as it was made and answered.</summary>
    public sealed class HttpContext(HttpRequest request, HttpResponse response)
    {
        public HttpRequest Request { get; } = request;

        public HttpResponse Response { get; } = response;
    }
}

namespace PaypalServerSdk.Standard.Http.Request
{
    public sealed class HttpRequest(
        HttpMethod method,
        string queryUrl,
        Dictionary<string, string> headers,
        object body,
        List<KeyValuePair<string, object>> formParameters,
        string username,
        string password,
        Dictionary<string, object> queryParameters = null)
    {
        public HttpMethod HttpMethod { get; } = method;

        public string QueryUrl { get; } = queryUrl;

        public Dictionary<string, object> QueryParameters { get; } = queryParameters;

        public Dictionary<string, string> Headers { get; } = headers;

        public List<KeyValuePair<string, object>> FormParameters { get; } = formParameters;

        public object Body { get; } = body;

        public string Username { get; } = username;

        public string Password { get; } = password;
    }
}

namespace PaypalServerSdk.Standard.Http.Response
{
    public class HttpResponse(int statusCode, Dictionary<string, string> headers, Stream rawBody, string body = null)
    {
        public int StatusCode { get; } = statusCode;

        /// <summary>The first value of each header; names in any case.</summary>
        public Dictionary<string, string> Headers { get; } = headers;

        public Stream RawBody { get; } = rawBody;

        public string Body { get; } = body;
    }

    /// <summary>A successful answer.</summary>
    public class ApiResponse<T>(int statusCode, Dictionary<string, string> headers, T data)
    {
        public int StatusCode { get; } = statusCode;

        public Dictionary<string, string> Headers { get; } = headers;

        /// <summary>Null if the answer had no body.</summary>
        public T Data { get; } = data;
    }
}
