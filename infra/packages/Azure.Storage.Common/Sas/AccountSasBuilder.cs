using System.ComponentModel;

namespace Azure.Storage.Sas;

/// <summary>Builds and signs a shared access signature for a whole storage account.</summary>
public class AccountSasBuilder
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AccountSasBuilder()
    {
    }

    public AccountSasBuilder(
        AccountSasPermissions permissions, DateTimeOffset expiresOn, AccountSasServices services, AccountSasResourceTypes resourceTypes)
    {
        ExpiresOn = expiresOn;
        Services = services;
        ResourceTypes = resourceTypes;
        SetPermissions(permissions);
    }

    [EditorBrowsable(EditorBrowsableState.Never)]
    public string Version { get; set; }

    public SasProtocol Protocol { get; set; }

    public DateTimeOffset StartsOn { get; set; }

    public DateTimeOffset ExpiresOn { get; set; }

    public string Permissions { get; private set; }

    public SasIPRange IPRange { get; set; }

    public AccountSasServices Services { get; set; }

    public AccountSasResourceTypes ResourceTypes { get; set; }

    public string EncryptionScope { get; set; }

    public void SetPermissions(AccountSasPermissions permissions) => Permissions = SasText.Of(permissions);

    public void SetPermissions(string rawPermissions) => Permissions = SasText.Ordered(rawPermissions);

    public SasQueryParameters ToSasQueryParameters(StorageSharedKeyCredential sharedKeyCredential) =>
        ToSasQueryParameters(sharedKeyCredential, out _);

    /// <exception cref="InvalidOperationException">No expiry, permissions, services or resource types.</exception>
    public SasQueryParameters ToSasQueryParameters(StorageSharedKeyCredential sharedKeyCredential, out string stringToSign)
    {
        ArgumentNullException.ThrowIfNull(sharedKeyCredential);
        if (ExpiresOn == default || string.IsNullOrEmpty(Permissions) || Services == default || ResourceTypes == default)
            throw new InvalidOperationException("An account's shared access signature needs an expiry, permissions, services and resource types.");
        const string version = SasQueryParameters.DefaultSasVersion;
        // Each field ends with a line feed, the last one too.
        stringToSign = string.Join(
            '\n',
            sharedKeyCredential.AccountName, Permissions, SasText.Of(Services), SasText.Of(ResourceTypes), SasText.Of(StartsOn),
            SasText.Of(ExpiresOn), IPRange.ToString(), SasText.Of(Protocol), version, EncryptionScope ?? string.Empty, string.Empty);
        return SasQueryParameters.ForAccount(this, version, sharedKeyCredential.Sign(stringToSign));
    }

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string ToString() => base.ToString();

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => base.Equals(obj);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();
}
