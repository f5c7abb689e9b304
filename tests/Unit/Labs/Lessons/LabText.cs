using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;

namespace Net.Tests.Unit.Labs.Lessons;

/// <summary>Labs in a folder of a test's own.</summary>
internal static class LabText
{
    /// <summary>A lab with two hosts on a link and one task, to which more is added.</summary>
    public const string Small =
        """
        x-netlab:
          question: Who is there?
          hosts: {one: {}, two: {daemon: false}}
          links: {lan: {hosts: {one: 192.0.2.1/24, two: [192.0.2.2/24, "2001:db8::2/64"]}}}
          steps:
            - {task: Do it, run: touch /run/done, check: test -e /run/done, hints: Look}

        """;

    public static Lab Read(string text)
    {
        string folder = Directory.CreateTempSubdirectory("lab-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, LabReader.FileName), text);
            return LabReader.Read(folder, _ => null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The message about a lab that is wrong, from the file's name on.</summary>
    public static string Fault(string text)
    {
        string message = Assert.ThrowsAny<FormatException>(() => Read(text)).Message;
        return message[Math.Max(0, message.IndexOf(LabReader.FileName, StringComparison.Ordinal))..];
    }
}
