using Azure.Core.Cryptography;

namespace Azure.Storage;

public enum ClientSideEncryptionVersion
{
    [Obsolete("Version 1.0 is considered insecure; use version 2.0 or server-side encryption.")]
    V1_0 = 1,
    V2_0 = 2,
}

/// <summary>Which key wraps the content keys of data that the client encrypts before sending.</summary>
public class ClientSideEncryptionOptions
{
    public ClientSideEncryptionOptions(ClientSideEncryptionVersion version) => EncryptionVersion = version;

    public ClientSideEncryptionVersion EncryptionVersion { get; }

    public IKeyEncryptionKey KeyEncryptionKey { get; set; }

    public IKeyEncryptionKeyResolver KeyResolver { get; set; }

    public string KeyWrapAlgorithm { get; set; }
}
