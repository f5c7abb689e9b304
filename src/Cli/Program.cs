System.Console.WriteLine("netctl");
