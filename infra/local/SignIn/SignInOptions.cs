namespace Shop.Local.SignIn;

/// <summary>What the local sign-in authority is started with.</summary>
public sealed record SignInOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The directory (tenant) id: first segment of every path, and the <c>tid</c> claim.</summary>
    public string TenantId { get; init; } = "5b7f1e0c-3d42-4c8e-9a57-6f0d2b1c9e34";

    /// <summary>The client id of the shop's API: the <c>aud</c> claim of access tokens.</summary>
    public required string ClientId { get; init; }

    /// <summary>Where the signing key is kept, so that tokens outlive a restart; null keeps it in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Origins, besides loopback ones, that sign-in may send people back to.</summary>
    public IReadOnlyList<Uri> RedirectOrigins { get; init; } = [];

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
