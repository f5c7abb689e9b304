using System.Globalization;

namespace Net.Tests.TestKit;

/// <summary>The files of a process in <c>/proc/PID</c>, proc(5).</summary>
public static class ProcessFile
{
    /// <summary>Reads a file, such as <c>cmdline</c>; "" when the process has ended, also while it is read.</summary>
    public static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
