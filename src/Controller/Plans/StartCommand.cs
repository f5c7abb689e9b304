using System.Text;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;

namespace Net.Controller.Plans;

/// <summary>The line that a person would type to start the command of a sandbox once its network is there.</summary>
internal static class StartCommand
{
    // As in a container that is run with -d: the shell does not wait for it. Its output is not kept.
    private const string InBackground = " </dev/null >/dev/null 2>&1 &";

    /// <summary>The line, for sh(1); none for a sandbox without a command. Variables that every command gets are left out, since the
    /// person's shell has values of its own for them.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="holder">The sandbox that has its network stack: usually itself.</param>
    public static IEnumerable<string> Of(Sandbox sandbox, Sandbox holder)
    {
        if (sandbox.Process is not { } process)
        {
            yield break;
        }

        IEnumerable<string> place = holder.Mode == NetworkMode.Host ? [] : [$"ip netns exec {holder.Name}"];
        string[] words = [.. place, .. Environment(sandbox, process), .. User(process), .. process.Command.Select(Word)];
        yield return string.Join(' ', words) + InBackground;
    }

    private static IEnumerable<string> Environment(Sandbox sandbox, ProcessConfig process)
    {
        IReadOnlyList<string> usual = [.. ProcessEnvironment.Complete([], sandbox.HostName, process.Terminal), "HOME=/root"];
        string[] others = [.. process.Environment.Except(usual, StringComparer.Ordinal)];
        string[] folder = process.WorkingDirectory == "/" ? [] : ["-C", Word(process.WorkingDirectory)];
        return others.Length + folder.Length > 0 ? ["env", .. folder, .. others.Select(Word)] : [];
    }

    private static string[] User(ProcessConfig process) =>
        process.User is { } user ? ["chroot", $"--userspec={Word(user)}", "--skip-chdir", "/"] : [];

    /// <summary>One word of a command line of sh(1), quoted where that is needed. Characters that cannot be printed go through printf(1),
    /// so that the line can be shown on a terminal.</summary>
    private static string Word(string text)
    {
        if (text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:@+,=%".Contains(c, StringComparison.Ordinal)))
        {
            return text;
        }

        if (!text.Any(c => char.IsControl(c) && c != '\n'))
        {
            return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        }

        // In octal, three digits a byte; nothing else has a meaning to printf then.
        IEnumerable<string> bytes = Encoding.UTF8.GetBytes(text)
            .Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}");
        return $"\"$(printf '{string.Concat(bytes)}')\"";
    }
}
