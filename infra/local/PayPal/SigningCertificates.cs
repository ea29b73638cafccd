using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

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

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _leaf;

    public SigningCertificates(DateTimeOffset now)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PayPal sandbox on this machine", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var root = request.CreateSelfSigned(now.AddDays(-400), now.AddYears(10));
        _leaf = Leaf(root, now);
        // Only its public part is needed from here on.
        _root = X509CertificateLoader.LoadCertificate(root.RawData);
        Id = $"CERT-{_leaf.Thumbprint[..8].ToLowerInvariant()}-{_leaf.Thumbprint[8..16].ToLowerInvariant()}-{_leaf.Thumbprint[16..24].ToLowerInvariant()}";
    }

    /// <summary>As it stands in the certificate's address.</summary>
    public string Id { get; }

    public string RootPem => _root.ExportCertificatePem();

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

    public void Dispose()
    {
        _root.Dispose();
        _leaf.Dispose();
    }

    private static X509Certificate2 Leaf(X509Certificate2 root, DateTimeOffset now)
    {
        var request = new CertificateRequest(
            $"CN={LeafName}, O=\"PayPal, Inc.\", L=San Jose, S=California, C=US", LeafKey.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(LeafName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issuerKey = root.GetECDsaPrivateKey()!;
        return request.Create(
            root.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), now.AddDays(-30), now.AddDays(335), RandomNumberGenerator.GetBytes(16));
    }
}
