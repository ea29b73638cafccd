using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>
/// What signs deliveries: a root of the sandbox's own and a leaf under it with the name that PayPal's has, both made at the start.
/// Whoever is to believe them is given <see cref="RootPem"/>.
/// </summary>
internal sealed class SigningCertificates : IDisposable
{
    public const string LeafName = "messageverificationcerts.sandbox.paypal.com";

    // Making a key takes longer than all else a sandbox does at its start; certificates are new each time all the same.
    private static readonly Lazy<RSA> LeafKey = new(() => RSA.Create(2048));

    private readonly X509Certificate2 _leaf;

    public SigningCertificates(DateTimeOffset now)
    {
        using var authority = new CertificateAuthority("PayPal sandbox on this machine", now);
        RootPem = authority.RootPem;
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(LeafName);
        _leaf = authority.Issue(
            new($"CN={LeafName}, O=\"PayPal, Inc.\", L=San Jose, S=California, C=US", LeafKey.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), names);
        Id = $"CERT-{_leaf.Thumbprint[..8].ToLowerInvariant()}-{_leaf.Thumbprint[8..16].ToLowerInvariant()}-{_leaf.Thumbprint[16..24].ToLowerInvariant()}";
    }

    /// <summary>As it stands in the certificate's address.</summary>
    public string Id { get; }

    public string RootPem { get; }

    /// <summary>As PayPal serves it, with CR LF at each line's end.</summary>
    public string LeafPem => _leaf.ExportCertificatePem().ReplaceLineEndings("\r\n") + "\r\n";

    public static string Sign(string message) =>
        Convert.ToBase64String(LeafKey.Value.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static bool IsSigned(string message, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && LeafKey.Value.VerifyData(Encoding.UTF8.GetBytes(message), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose() => _leaf.Dispose();
}
