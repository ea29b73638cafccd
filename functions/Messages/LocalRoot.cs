using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shop.Functions.Messages;

/// <summary>Trust in a mail server on this machine, whose certificate no public authority issues.</summary>
internal static class LocalRoot
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Whether the certificate is issued under this root and none else; that it names the server was found by the handshake.</summary>
    /// <param name="pem">The root.</param>
    /// <param name="problems">What the handshake found, by the roots that this machine trusts.</param>
    public static bool Vouches(string pem, X509Certificate? shown, SslPolicyErrors problems)
    {
        if (shown is not X509Certificate2 certificate || (problems & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var root = X509Certificate2.CreateFromPem(pem);
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(root);
        policy.ApplicationPolicy.Add(ServerAuthentication);
        // It lives as long as the sandbox: nobody keeps a list of revoked ones.
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    public static bool IsCertificate(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
