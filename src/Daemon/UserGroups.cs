using System.Globalization;

namespace Net.Daemon;

/// <summary>Looks up groups in /etc/group: group(5).</summary>
internal static class UserGroups
{
    /// <summary>The id of a group, or null when there is no such group.</summary>
    public static uint? Find(string name)
    {
        if (!File.Exists("/etc/group"))
        {
            return null;
        }

        foreach (string line in File.ReadLines("/etc/group"))
        {
            if (line.Split(':') is [var group, _, var number, ..]
                && group == name
                && uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
            {
                return id;
            }
        }

        return null;
    }
}
