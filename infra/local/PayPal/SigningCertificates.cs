using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>
/// What signs deliveries: a root of the sandbox's own, made at the start, and a leaf under it with the name that PayPal's has,
/// made anew when time has left the last one behind. Whoever is to believe them is given <see cref="RootPem"/>.
/// </summary>
internal sealed class SigningCertificates(DateTimeOffset start) : IDisposable
{
    public const string LeafName = "messageverificationcerts.sandbox.paypal.com";

    // Making a key takes longer than all else a sandbox does at its start; certificates are new each time all the same.
    private static readonly Lazy<RSA> LeafKey = new(() => RSA.Create(2048));

    /// <summary>Before it runs out, as PayPal does; people may move the time by years.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private readonly CertificateAuthority _authority = new("PayPal sandbox on this machine", start);
    private readonly Dictionary<string, X509Certificate2> _leaves = [];
    private string _newest = "";

    public string RootPem => _authority.RootPem;

    /// <returns>The name, in its address, of the certificate that is valid now.</returns>
    public string IdAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_leaves.TryGetValue(_newest, out var newest) && now < newest.NotAfter - Spare) return _newest;
            var leaf = Leaf(now);
            _newest = $"CERT-{leaf.Thumbprint[..8].ToLowerInvariant()}-{leaf.Thumbprint[8..16].ToLowerInvariant()}-{leaf.Thumbprint[16..24].ToLowerInvariant()}";
            _leaves[_newest] = leaf;
            return _newest;
        }
    }

    /// <summary>As PayPal serves it, with CR LF at each line's end.</summary>
    /// <returns>Null when there is no such certificate.</returns>
    public string? PemOf(string id)
    {
        lock (_lock) return _leaves.TryGetValue(id, out var leaf) ? leaf.ExportCertificatePem().ReplaceLineEndings("\r\n") + "\r\n" : null;
    }

    public static string Sign(string message) =>
        Convert.ToBase64String(LeafKey.Value.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static bool IsSigned(string message, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && LeafKey.Value.VerifyData(Encoding.UTF8.GetBytes(message), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves.Values) leaf.Dispose();
        _authority.Dispose();
    }

    private X509Certificate2 Leaf(DateTimeOffset now)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(LeafName);
        return _authority.Issue(
            new($"CN={LeafName}, O=\"PayPal, Inc.\", L=San Jose, S=California, C=US", LeafKey.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), names, now);
    }
}
