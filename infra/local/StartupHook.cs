using System.Diagnostics;

/// <summary>
/// Runs in the app's process before the app does (DOTNET_STARTUP_HOOKS asks for this name, outside of any namespace): it ends
/// that process when the local host that started it is gone. A host that is killed cannot tell anybody.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => new Thread(EndWithInput) { IsBackground = true, Name = "ends with the local host" }.Start();

    private static void EndWithInput()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // Nothing is ever written; only the end counts.
        }

        Process.GetCurrentProcess().Kill();
    }
}
