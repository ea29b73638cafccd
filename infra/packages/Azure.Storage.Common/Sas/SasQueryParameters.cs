using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Azure.Storage.Sas;

/// <summary>The query parameters of a shared access signature, in the order in which they are written.</summary>
public class SasQueryParameters
{
    /// <summary>The service version that signatures are made for: the newest that Azure.Storage.Queues 12.28.1 knows.</summary>
    public const string DefaultSasVersion = "2026-10-06";

    private readonly string _version;

    protected SasQueryParameters()
    {
    }

    /// <summary>Takes what belongs to a signature out of a decoded query string; what is left is not ours.</summary>
    protected SasQueryParameters(IDictionary<string, string> values)
    {
        _version = Take(values, "sv");
        Services = Take(values, "ss") is { } services ? SasText.ParseServices(services) : null;
        ResourceTypes = Take(values, "srt") is { } types ? SasText.ParseResourceTypes(types) : null;
        Protocol = SasText.ParseProtocol(Take(values, "spr"));
        StartsOn = Take(values, "st") is { } start ? SasText.ParseTime(start) : default;
        ExpiresOn = Take(values, "se") is { } expiry ? SasText.ParseTime(expiry) : default;
        IPRange = Take(values, "sip") is { } range ? SasIPRange.Parse(range) : default;
        Identifier = Take(values, "si") ?? string.Empty;
        Resource = Take(values, "sr") ?? string.Empty;
        Permissions = Take(values, "sp") ?? string.Empty;
        Signature = Take(values, "sig") ?? string.Empty;
        CacheControl = Take(values, "rscc");
        ContentDisposition = Take(values, "rscd");
        ContentEncoding = Take(values, "rsce");
        ContentLanguage = Take(values, "rscl");
        ContentType = Take(values, "rsct");
        PreauthorizedAgentObjectId = Take(values, "saoid");
        AgentObjectId = Take(values, "suoid");
        CorrelationId = Take(values, "scid");
        DirectoryDepth = Take(values, "sdd") is { } depth ? int.Parse(depth, CultureInfo.InvariantCulture) : null;
        EncryptionScope = Take(values, "ses");
        DelegatedUserObjectId = Take(values, "sduoid");
    }

    protected SasQueryParameters(
        string version, AccountSasServices? services, AccountSasResourceTypes? resourceTypes, SasProtocol protocol, DateTimeOffset startsOn,
        DateTimeOffset expiresOn, SasIPRange ipRange, string identifier, string resource, string permissions, string signature,
        string cacheControl = null, string contentDisposition = null, string contentEncoding = null, string contentLanguage = null,
        string contentType = null, string authorizedAadObjectId = null, string unauthorizedAadObjectId = null, string correlationId = null,
        int? directoryDepth = null, string encryptionScope = null, string delegatedUserObjectId = null)
    {
        _version = version;
        Services = services;
        ResourceTypes = resourceTypes;
        Protocol = protocol;
        StartsOn = startsOn;
        ExpiresOn = expiresOn;
        IPRange = ipRange;
        Identifier = identifier ?? string.Empty;
        Resource = resource ?? string.Empty;
        Permissions = permissions ?? string.Empty;
        Signature = signature ?? string.Empty;
        CacheControl = cacheControl;
        ContentDisposition = contentDisposition;
        ContentEncoding = contentEncoding;
        ContentLanguage = contentLanguage;
        ContentType = contentType;
        PreauthorizedAgentObjectId = authorizedAadObjectId;
        AgentObjectId = unauthorizedAadObjectId;
        CorrelationId = correlationId;
        DirectoryDepth = directoryDepth;
        EncryptionScope = encryptionScope;
        DelegatedUserObjectId = delegatedUserObjectId;
    }

    public static SasQueryParameters Empty => new();

    public string Version => _version ?? DefaultSasVersion;

    public AccountSasServices? Services { get; }

    public AccountSasResourceTypes? ResourceTypes { get; }

    public SasProtocol Protocol { get; }

    public DateTimeOffset StartsOn { get; }

    public DateTimeOffset ExpiresOn { get; }

    public SasIPRange IPRange { get; }

    public string Identifier { get; } = string.Empty;

    public string Resource { get; } = string.Empty;

    public string Permissions { get; } = string.Empty;

    public string Signature { get; } = string.Empty;

    public string CacheControl => field ?? string.Empty;

    public string ContentDisposition => field ?? string.Empty;

    public string ContentEncoding => field ?? string.Empty;

    public string ContentLanguage => field ?? string.Empty;

    public string ContentType => field ?? string.Empty;

    public string PreauthorizedAgentObjectId => field ?? string.Empty;

    public string AgentObjectId => field ?? string.Empty;

    public string CorrelationId => field ?? string.Empty;

    public int? DirectoryDepth { get; }

    public string EncryptionScope => field ?? string.Empty;

    public string DelegatedUserObjectId => field ?? string.Empty;

    protected static SasQueryParameters Create(IDictionary<string, string> values) => new(values);

    // The overload that Azure.Storage.Queues 12.28.1 is compiled against; hidden so that callers get the newer one.
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static SasQueryParameters Create(
        string version, AccountSasServices? services, AccountSasResourceTypes? resourceTypes, SasProtocol protocol, DateTimeOffset startsOn,
        DateTimeOffset expiresOn, SasIPRange ipRange, string identifier, string resource, string permissions, string signature,
        string cacheControl = null, string contentDisposition = null, string contentEncoding = null, string contentLanguage = null,
        string contentType = null, string authorizedAadObjectId = null, string unauthorizedAadObjectId = null, string correlationId = null,
        int? directoryDepth = null, string encryptionScope = null) =>
        new(
            version, services, resourceTypes, protocol, startsOn, expiresOn, ipRange, identifier, resource, permissions, signature,
            cacheControl, contentDisposition, contentEncoding, contentLanguage, contentType, authorizedAadObjectId,
            unauthorizedAadObjectId, correlationId, directoryDepth, encryptionScope);

    internal static SasQueryParameters ForAccount(AccountSasBuilder builder, string version, string signature) =>
        new(
            version, builder.Services, builder.ResourceTypes, builder.Protocol, builder.StartsOn, builder.ExpiresOn, builder.IPRange,
            identifier: null, resource: null, builder.Permissions, signature, encryptionScope: builder.EncryptionScope);

    protected internal void AppendProperties(StringBuilder stringBuilder)
    {
        Append(stringBuilder, "sv", Version);
        Append(stringBuilder, "ss", Services is { } services ? SasText.Of(services) : null);
        Append(stringBuilder, "srt", ResourceTypes is { } types ? SasText.Of(types) : null);
        Append(stringBuilder, "spr", SasText.Of(Protocol));
        Append(stringBuilder, "st", SasText.Of(StartsOn));
        Append(stringBuilder, "se", SasText.Of(ExpiresOn));
        Append(stringBuilder, "sip", IPRange.ToString());
        Append(stringBuilder, "si", Identifier);
        Append(stringBuilder, "sr", Resource);
        Append(stringBuilder, "sp", Permissions);
        Append(stringBuilder, "rscc", CacheControl);
        Append(stringBuilder, "rscd", ContentDisposition);
        Append(stringBuilder, "rsce", ContentEncoding);
        Append(stringBuilder, "rscl", ContentLanguage);
        Append(stringBuilder, "rsct", ContentType);
        Append(stringBuilder, "saoid", PreauthorizedAgentObjectId);
        Append(stringBuilder, "suoid", AgentObjectId);
        Append(stringBuilder, "scid", CorrelationId);
        Append(stringBuilder, "sdd", DirectoryDepth?.ToString(CultureInfo.InvariantCulture));
        Append(stringBuilder, "ses", EncryptionScope);
        Append(stringBuilder, "sduoid", DelegatedUserObjectId);
        Append(stringBuilder, "sig", Signature);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendProperties(text);
        return text.ToString();
    }

    private static void Append(StringBuilder query, string name, string value)
    {
        if (string.IsNullOrEmpty(value)) return;
        if (query.Length > 0) query.Append('&');
        query.Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static string Take(IDictionary<string, string> values, string name)
    {
        if (!values.TryGetValue(name, out var value)) return null;
        values.Remove(name);
        return value;
    }
}
