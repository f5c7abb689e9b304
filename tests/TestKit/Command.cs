using System.Diagnostics;
using System.Text.Json;

namespace Net.Tests.TestKit;

/// <summary>Runs a program to its end; it inherits the namespaces of the calling thread.</summary>
public static class Command
{
    /// <summary>Runs a program and takes what it prints.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">One string an argument, no shell.</param>
    public static CommandResult TryRun(string program, params string[] arguments) => RunWithInput(null, program, arguments);

    /// <summary>Runs a program with <paramref name="input"/> on its standard input (null: empty).</summary>
    public static CommandResult RunWithInput(string? input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;

        // No tasks: a pool worker first needed in here would keep this thread's namespace.
        string error = string.Empty;
        var errorReader = new Thread(() => error = process.StandardError.ReadToEnd());
        errorReader.Start();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        string output = process.StandardOutput.ReadToEnd();
        errorReader.Join();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error);
    }

    /// <summary>Runs a program that must succeed; a line of words is cut at spaces.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Run(words[0], words[1..]);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string program, params string[] arguments)
    {
        CommandResult result = TryRun(program, arguments);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} exited with {result.ExitCode}: {result.Error}{result.Output}");
        }

        return result.Output;
    }

    /// <summary>Runs a program that prints JSON (<c>ip -j</c>, <c>nft -j</c>); nothing printed is an empty array.</summary>
    public static JsonElement Json(string line)
    {
        string text = Run(line);
        using JsonDocument document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "[]" : text);
        return document.RootElement.Clone();
    }
}
