using System.Diagnostics;
using System.Text;

namespace Net.Tests.EndToEnd;

/// <summary>netctl on a pseudo-terminal, and what a user types there.</summary>
internal static class Terminal
{
    /// <summary>The keys by which a command is left: ctrl-p, ctrl-q.</summary>
    public const string Leave = "\u0010\u0011";

    /// <summary>Starts netctl on a terminal of 33 rows and 77 columns.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The words after <c>netctl</c>, as in a shell.</param>
    public static Process Start(TestHost host, string command) => host.Start(
        "script", "-qec", $"stty rows 33 cols 77; \"$NETCTL\" {command}", "/dev/null");

    public static void Type(Process process, string keys)
    {
        process.StandardInput.Write(keys);
        process.StandardInput.Flush();
    }

    /// <summary>Reads what is shown until it has these words.</summary>
    public static string Read(Process process, string words)
    {
        var all = new StringBuilder();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        char[] buffer = new char[4096];
        while (!all.ToString().Contains(words, StringComparison.Ordinal))
        {
            int count = process.StandardOutput.ReadAsync(buffer, limit.Token).AsTask().GetAwaiter().GetResult();
            Assert.True(count > 0, $"ended before \"{words}\": {all}");
            all.Append(buffer, 0, count);
        }

        return all.ToString();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public static int Ended(Process process)
    {
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{string.Join(' ', process.StartInfo.ArgumentList)} goes on");
        return process.ExitCode;
    }
}
