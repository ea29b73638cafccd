namespace Shop.Local.Storage;

/// <summary>Node could not find or read a module: files of the installation are missing.</summary>
internal sealed class BrokenInstallationException() : Exception("Azurite's installation is broken.");
