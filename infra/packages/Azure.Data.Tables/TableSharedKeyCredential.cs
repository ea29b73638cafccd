using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>A storage account's name and one of its access keys, which may be rotated while clients hold it.</summary>
public class TableSharedKeyCredential
{
    private byte[] _accountKey;

    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        AccountName = accountName;
        SetAccountKey(accountKey);
    }

    public string AccountName { get; }

    /// <exception cref="FormatException">The key is not Base64.</exception>
    public void SetAccountKey(string accountKey)
    {
        ArgumentNullException.ThrowIfNull(accountKey);
        Volatile.Write(ref _accountKey, Convert.FromBase64String(accountKey));
    }

    /// <summary>Base64 of the HMAC-SHA256 of the message's UTF-8 bytes.</summary>
    internal string Sign(string message)
    {
        const int onStack = 512;
        Span<byte> bytes = message.Length * 3 <= onStack ? stackalloc byte[onStack] : new byte[message.Length * 3];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(message, bytes);
        HMACSHA256.HashData(Volatile.Read(ref _accountKey), bytes[..length], hash);
        return Convert.ToBase64String(hash);
    }
}
