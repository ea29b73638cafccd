using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>One account's endpoint with the pipeline that signs, sends, retries and logs; shared by all its tables.</summary>
internal sealed class TableConnection
{
    private const string StorageScope = "https://storage.azure.com/.default";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    private TableConnection(Uri endpoint, string accountName, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new TableClientOptions();
        Endpoint = endpoint;
        Address = TableAddress.Base(endpoint);
        AccountName = accountName ?? TableAddress.AccountOf(endpoint);
        _version = options.VersionString;
        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = TableErrorParser.Instance };
        if (authentication is not null) pipeline.PerRetryPolicies.Add(authentication);
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    public Uri Endpoint { get; }

    /// <summary>The endpoint without query and closing slash.</summary>
    public string Address { get; }

    public string AccountName { get; }

    public static TableConnection From(string connectionString, TableClientOptions options)
    {
        var parsed = TableConnectionString.Parse(connectionString);
        HttpPipelinePolicy authentication = parsed.SharedKey is not null
            ? new SharedKeyPolicy(parsed.SharedKey)
            : new SharedAccessSignaturePolicy(new AzureSasCredential(parsed.SharedAccessSignature));
        return new(parsed.Endpoint, parsed.AccountName, authentication, options);
    }

    public static TableConnection From(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, credential.AccountName, new SharedKeyPolicy(credential), options);
    }

    public static TableConnection From(Uri endpoint, TokenCredential credential, TableClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, null, new BearerTokenAuthenticationPolicy(credential, StorageScope), options);
    }

    public static TableConnection From(Uri endpoint, AzureSasCredential credential, TableClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (endpoint.Scheme != Uri.UriSchemeHttps) throw new ArgumentException("A SAS token cannot be used without HTTPS.", nameof(endpoint));
        return new(endpoint, null, new SharedAccessSignaturePolicy(credential), options);
    }

    public HttpMessage CreateMessage(RequestMethod method, string url, ResponseClassifier classifier)
    {
        var message = _pipeline.CreateMessage();
        message.ResponseClassifier = classifier;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(url));
        request.Headers.SetValue("x-ms-version", _version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        return message;
    }

    /// <summary>Sends and answers; throws for what the message's classifier calls an error. Disposes the message.</summary>
    /// <exception cref="RequestFailedException">The service refused; status and error code say why.</exception>
    public async ValueTask<Response> SendAsync(bool async, HttpMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            if (async) await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            else _pipeline.Send(message, cancellationToken);
            return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
        }
    }
}
