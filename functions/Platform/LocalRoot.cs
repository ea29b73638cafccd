using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shop.Functions.Platform;

/// <summary>The root, in PEM, of a server on this machine whose certificates no public authority issues.</summary>
internal static class LocalRoot
{
    /// <summary>From here on only what is issued under this root is trusted.</summary>
    public static void TrustOnly(this X509ChainPolicy policy, string pem)
    {
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(pem));
        policy.DisableCertificateDownloads = true;
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
