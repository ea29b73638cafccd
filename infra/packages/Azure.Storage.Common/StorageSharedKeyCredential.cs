using System.Security.Cryptography;
using System.Text;

namespace Azure.Storage;

/// <summary>A storage account's name and one of its access keys, which may be rotated while clients hold it.</summary>
public class StorageSharedKeyCredential
{
    private byte[] _accountKey;

    public StorageSharedKeyCredential(string accountName, string accountKey)
    {
        AccountName = accountName;
        SetAccountKey(accountKey);
    }

    public string AccountName { get; }

    /// <exception cref="FormatException">The key is not Base64.</exception>
    public void SetAccountKey(string accountKey) => Volatile.Write(ref _accountKey, Convert.FromBase64String(accountKey));

    /// <summary>Base64 of the HMAC-SHA256 of the message's UTF-8 bytes; how the service packages reach the key.</summary>
    protected static string ComputeSasSignature(StorageSharedKeyCredential credential, string message) => credential.Sign(message);

    internal string Sign(string message)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Volatile.Read(ref _accountKey), Encoding.UTF8.GetBytes(message), hash);
        return Convert.ToBase64String(hash);
    }
}
