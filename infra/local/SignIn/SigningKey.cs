using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.SignIn;

/// <summary>The RSA key that tokens are signed with (RS256), kept as PKCS #8 PEM in the data directory if there is one.</summary>
internal sealed class SigningKey : IDisposable
{
    // Making a key takes longer than all else an authority does at its start: those that keep nothing share the process's.
    private static readonly Lazy<string> Unkept = new(NewKey);

    private readonly RSA _rsa;

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
        Id = Base64Url.EncodeToString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()).AsSpan(0, 16));
    }

    /// <summary>The <c>kid</c> in token headers and in the key set.</summary>
    public string Id { get; }

    /// <exception cref="InvalidDataException">The file is there and holds no key; the message says what to do.</exception>
    public static SigningKey LoadOrCreate(string? directory)
    {
        if (directory is null) return new SigningKey(Read(Unkept.Value));

        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "sign-in-key.pem");
        if (!File.Exists(path))
            Create(path);
        try
        {
            return new SigningKey(Read(File.ReadAllText(path)));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{path} is not readable; delete it to begin with a new key.", e);
        }
    }

    /// <summary>The public half as a JSON Web Key.</summary>
    public JsonObject ToJsonWebKey()
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = Id,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    /// <summary>A compact JWT (RFC 7519) of the claims.</summary>
    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = Id };
        var content = $"{Encode(header)}.{Encode(claims)}";
        var signature = _rsa.SignData(System.Text.Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims of a token that this key signed, or null for anything else. Times are not looked at.</summary>
    public JsonObject? Verify(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return null;
        try
        {
            var signed = System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            var signature = Base64Url.DecodeFromChars(parts[2]);
            return _rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                ? JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _rsa.Dispose();

    private static RSA Read(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static void Create(string path)
    {
        var fresh = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, options))
            writer.Write(NewKey());
        // Renamed when complete: a process killed here leaves no half-written key to trip over.
        File.Move(fresh, path, overwrite: true);
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
