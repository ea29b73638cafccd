using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shop.Local.Sandboxes;

/// <summary>
/// Issues the certificates of one sandbox, under a root that is made at the start. Whoever is to believe them is given
/// <see cref="RootPem"/>; the root's key ends with this.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public CertificateAuthority(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        // The clock of this machine can be moved by a century.
        _root = request.CreateSelfSigned(now.AddDays(-400), now.AddYears(110));
    }

    public string RootPem => _root.ExportCertificatePem();

    /// <summary>A certificate without its key, as the providers' authorities would issue it for a server.</summary>
    /// <param name="request">Says for whom.</param>
    public X509Certificate2 Issue(CertificateRequest request, SubjectAlternativeNameBuilder names, DateTimeOffset now)
    {
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var key = _root.GetECDsaPrivateKey()!;
        return request.Create(
            _root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddDays(-30), now.AddDays(335), RandomNumberGenerator.GetBytes(16));
    }

    public void Dispose() => _root.Dispose();
}
