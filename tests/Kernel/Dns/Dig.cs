using System.Diagnostics;
using System.Net;

namespace Net.Tests.Kernel.Dns;

/// <summary>Runs dig of BIND: a client that shares no code with the server.</summary>
internal static class Dig
{
    internal const string Path = "/usr/bin/dig";

    /// <summary>Asks a server once and gives what dig prints; a warning of dig about the message's form is printed too.</summary>
    internal static string Ask(IPEndPoint server, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path) { RedirectStandardOutput = true };
        foreach (string argument
            in (string[])[$"@{server.Address}", "-p", $"{server.Port}", "+tries=1", "+time=10", "+nostats", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process dig = Process.Start(start)!;
        string output = dig.StandardOutput.ReadToEnd();
        dig.WaitForExit();
        return output;
    }

    /// <summary>The lines of an answer as dig prints them with <c>+short</c>, sorted.</summary>
    internal static string[] Short(IPEndPoint server, params string[] arguments) =>
        [.. Ask(server, ["+short", .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
